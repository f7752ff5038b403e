"""One search of the testimonials: the query string read once, the rows that it asks for, and its addresses."""

from collections.abc import Callable
from typing import NamedTuple

from django.db.models import Count, OuterRef, Subquery
from django.http import HttpRequest
from django.urls import reverse

from aids.specialties import Specialty
from aids.vocabulary import Mode
from guide.core import query_string
from guide.core.query_string import Values, shown
from guide.editorial.models import Testimonial
from guide.editorial.models.testimonial import TestimonialQuerySet
from guide.editorial.testimonials.vocabulary import Stage
from guide.territories.enums import TerritoryKind
from guide.territories.models import Containment, Territory

MANY = ("specialite", "departement", "mode", "etape")
NAMES = (*MANY, "page")
FIELDS = {"specialite": "specialty", "departement": "department", "mode": "mode", "etape": "stage"}
MAX_PAIRS = 80


class Group(NamedTuple):
    """Testimonials that answer alike, and how many they are."""

    values: dict[str, str]
    count: int


class Search(NamedTuple):
    """What a visitor asked; `values` holds what is right in it. `departments`: names by code."""

    values: Values
    page: int
    problems: list[str]
    departments: dict[str, str]

    @property
    def is_valid(self) -> bool:
        """Whether every value was understood: else no list is given, never the whole of it by mistake."""
        return not self.problems

    def address(self, *, page: str = "", without: tuple[str, str] | None = None) -> str:
        """The same list at another page, or without one (filter, value)."""
        values = {name: list(kept) for name, kept in self.values.items()}
        if without:
            values[without[0]] = [value for value in values[without[0]] if value != without[1]]
        if page:
            values["page"] = [page]
        return query_string.address(reverse("testimonials:list"), query_string.query(values, NAMES))

    def queryset(self) -> TestimonialQuerySet:
        """Live testimonials that no filter leaves out, the newest first."""
        wanted = {f"{FIELDS[name]}__in": kept for name, kept in self.values.items()}
        return with_department(Testimonial.objects.live()).filter(**wanted).newest_first()

    def label(self, name: str, value: str) -> str:
        """A value as people read it."""
        return words_of(name, self.departments)[value]


def words_of(name: str, departments: dict[str, str]) -> dict[str, str]:
    """Values of a filter, in words."""
    makers: dict[str, Callable[[], dict[str, str]]] = {
        "specialite": lambda: dict(Specialty.choices),
        "departement": lambda: departments,
        "mode": lambda: dict(Mode.choices),
        "etape": lambda: dict(Stage.choices),
    }
    return makers[name]()


def with_department(found: TestimonialQuerySet) -> TestimonialQuerySet:
    """With the code of the department that holds the place of each."""
    links = Containment.objects.filter(inner=OuterRef("territory"), outer__kind=TerritoryKind.DEPARTMENT)
    return found.annotate(department=Subquery(links.values("outer__code")[:1]))


def groups() -> list[Group]:
    """All live testimonials, counted by what the filters know of them; one query."""
    columns = tuple(FIELDS.values())
    found = with_department(Testimonial.objects.live()).order_by().values_list(*columns).annotate(Count("pk"))
    return [Group(dict(zip(FIELDS, (value or "" for value in row[:-1]), strict=True)), row[-1]) for row in found]


def read(request: HttpRequest) -> Search:
    """The search of a query string; never raises. One query."""
    values, problems = query_string.parse(request, many=MANY, one=("page",), max_pairs=MAX_PAIRS)
    departments = dict(
        Territory.objects.live().of_kind(TerritoryKind.DEPARTMENT).order_by("search_name").values_list("code", "name")
    )
    page = values.pop("page", ["1"])[0]
    for name in [name for name in MANY if name in values]:
        known = words_of(name, departments)
        wrong = [value for value in values[name] if value not in known]
        problems += [
            f"Valeur inconnue du filtre «\u00a0{name}\u00a0»\u00a0: «\u00a0{shown(v)}\u00a0»." for v in wrong[:3]
        ]
        values[name] = [value for value in values[name] if value in known]
        if not values[name]:
            del values[name]
    if not (page.isascii() and page.isdecimal() and len(page) < 6 and int(page)):
        problems.append(f"Page inconnue\u00a0: «\u00a0{shown(page)}\u00a0».")
        page = "1"
    return Search(values, int(page), problems, departments)
