"""One search of the testimonials: its filters, the rows that it asks for, and which testimonials answer."""

from dataclasses import dataclass

from django.db.models import OuterRef, Subquery
from django.http import HttpRequest

from aids.vocabulary import Mode, Specialty
from guide.core.query_values import OneOf, capitalised, unknown
from guide.core.search import Filter, Search, page_parameter
from guide.editorial.models import Testimonial
from guide.editorial.models.testimonial import TestimonialQuerySet
from guide.editorial.testimonials.vocabulary import Stage
from guide.territories.enums import TerritoryKind
from guide.territories.models import Containment, Territory


@dataclass(frozen=True, kw_only=True)
class TestimonialFilter(Filter):
    """A filter of the testimonials; `field` is what it compares and is counted by."""

    field: str


def _filter(name: str, label: str, field: str, choices) -> TestimonialFilter:
    return TestimonialFilter(
        name=name,
        label=label,
        field=field,
        many=True,
        keeps_right=True,
        value=OneOf(choices, unknown(f"Valeur inconnue du filtre «\u00a0{name}\u00a0»")),
        narrow=lambda testimonials, values, search: testimonials.filter(**{f"{field}__in": values}),
    )


FILTERS = (
    _filter("etape", "Étape de vie", "stage", capitalised(Stage.choices)),
    _filter("mode", "Façon d'exercer", "mode", capitalised(Mode.choices)),
    _filter("specialite", "Spécialité", "specialty", capitalised(Specialty.choices)),
    _filter("departement", "Département", "department", lambda search: search.departments),
)


class TestimonialSearch(Search):
    """What an address asks of the testimonials."""

    parameters = (*FILTERS, page_parameter("Page inconnue"))
    max_pairs = 80

    @classmethod
    def names(cls) -> list[str]:
        # Canonical addresses say first who speaks, then how.
        return ["specialite", "departement", "mode", "etape", "page"]

    def prepare(self, request: HttpRequest) -> None:
        rows = Territory.objects.live().of_kind(TerritoryKind.DEPARTMENT).order_by("search_name")
        self.departments = capitalised(rows.values_list("code", "name"))

    def queryset(self) -> TestimonialQuerySet:
        """Live testimonials that no filter leaves out, the newest first; none when a value is wrong."""
        return self.filtered(with_department(Testimonial.objects.live())).newest_first()


def with_department(found: TestimonialQuerySet) -> TestimonialQuerySet:
    """With the code of the department that holds the place of each."""
    links = Containment.objects.filter(inner=OuterRef("territory"), outer__kind=TerritoryKind.DEPARTMENT)
    return found.annotate(department=Subquery(links.values("outer__code")[:1]))


def answers(search: TestimonialSearch, testimonial: dict[str, str | None], *, but: str = "") -> bool:
    """Whether the values of a testimonial are asked for, one filter left aside."""
    asked = [one for one in search.filters if one.name != but]
    return all(testimonial[one.field] in search.values[one.name] for one in asked)


def every_testimonial() -> list[dict[str, str | None]]:
    """What the filters know of each live testimonial, by field."""
    return list(with_department(Testimonial.objects.live()).order_by().values(*(one.field for one in FILTERS)))
