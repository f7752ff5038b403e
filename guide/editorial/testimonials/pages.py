"""The list of testimonials, with its search, and the page of each, ready to print."""

import re
from collections import Counter
from typing import Any, NamedTuple

from django.db.models import OuterRef, Subquery
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.text import capfirst

from aids.vocabulary import Mode, Specialty
from guide.core.enums import Status
from guide.core.french import UNKNOWN, long_date, plural, typographic
from guide.core.images.making import Printed, printed
from guide.core.query_string import OneOf, capitalised, unknown
from guide.core.rich_text import CITATION, blocks
from guide.core.search import PAGE_SIZE, Facet, Filter, Search, page_parameter, paginate, paginate_or_first
from guide.editorial.enums import Origin, Stage
from guide.editorial.models import Testimonial
from guide.editorial.models.testimonial import TestimonialQuerySet
from guide.editorial.rendering import Rendering, foot, lexicon
from guide.territories.enums import TerritoryKind
from guide.territories.models import Containment, Territory

SECTION = "Témoignages"
NEAR = 3
# Ids that the template uses.
RESERVED = ("fiche", "ailleurs")
EXCERPT = 260  # letters, whole sentences, of a text without a summary
_CITED = re.compile(rf"\s*{CITATION.pattern}")


def trail(title: str) -> list[tuple[str, str]]:
    """Breadcrumb of a page under the list."""
    return [(SECTION, reverse("testimonials:list")), (title, "")]


class TestimonialRow(NamedTuple):
    """Inputs of components/quote.html."""

    text: str
    who: str
    role: str
    href: str
    source: str
    portrait: Printed | None


def with_row(found: TestimonialQuerySet) -> TestimonialQuerySet:
    """The testimonials with what their rows say of others; `label` is that of the first of their sources."""
    through = Testimonial.references.through
    cited = through.objects.filter(testimonial=OuterRef("pk")).order_by("reference__code")
    label = Subquery(cited.values("reference__label")[:1])
    return found.select_related("territory", "portrait").annotate(label=label)


def rows(found: TestimonialQuerySet) -> list[TestimonialRow]:
    """The testimonials as rows, in their order."""
    return [row(one) for one in with_row(found)]


def row(one: Testimonial) -> TestimonialRow:
    """A testimonial read `with_row`, ready to print."""
    return TestimonialRow(
        text=typographic(one.summary or excerpt(one.body)),
        who=typographic(one.name),
        role=typographic(one.role) or (one.territory.name if one.territory else ""),
        href=one.get_absolute_url(),
        source=_source(one),
        portrait=_portrait(one),
    )


def _portrait(testimonial: Testimonial) -> Printed | None:
    one = getattr(testimonial, "portrait", None)
    return printed(one.image.name, one.width, one.height, one.alternative, one.credit) if one else None


def _source(one: Testimonial) -> str:
    """Who says so: the first of the documents, or the author in a year."""
    if one.origin == Origin.OFFERED:
        return f"témoignage confié à ce site, {one.year}" if one.year else "témoignage confié à ce site"
    return one.label or one.year


def excerpt(body: str) -> str:
    """The first whole sentences of a text, at least one, up to EXCERPT letters; a very long one is cut."""
    words = " ".join(_CITED.sub("", next(iter(blocks(body)), "")).split())
    shown = ""
    for sentence in re.split(r"(?<=[.!?…]) ", words):
        if shown and len(shown) + len(sentence) > EXCERPT:
            break
        shown = f"{shown} {sentence}".strip()
    return shown if len(shown) <= 2 * EXCERPT else f"{shown[: 2 * EXCERPT].rsplit(' ', 1)[0]}…"


def _filter(name: str, label: str, choices) -> Filter:
    return Filter(
        name=name,
        label=label,
        many=True,
        keeps_right=True,
        value=OneOf(choices, unknown(f"Valeur inconnue du filtre «\u00a0{name}\u00a0»")),
        narrow=lambda testimonials, values, search: testimonials.filter(**{f"{FIELDS[name]}__in": values}),
    )


FIELDS = {"etape": "stage", "mode": "mode", "specialite": "specialty", "departement": "department"}
FILTERS = (
    _filter("etape", "Étape de vie", capitalised(Stage.choices)),
    _filter("mode", "Façon d'exercer", capitalised(Mode.choices)),
    _filter("specialite", "Spécialité", capitalised(Specialty.choices)),
    _filter("departement", "Département", lambda search: search.departments),
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


def _answers(search: TestimonialSearch, testimonial: dict[str, str | None], *, but: str = "") -> bool:
    """Whether the values of a testimonial are asked for, one filter left aside."""
    asked = [one.name for one in search.filters if one.name != but]
    return all(testimonial[FIELDS[name]] in search.values[name] for name in asked)


def list_context(search: TestimonialSearch) -> dict[str, Any]:
    """Everything that testimonials/list.html and its fragment print."""
    links = Containment.objects.filter(inner=OuterRef("territory"), outer__kind=TerritoryKind.DEPARTMENT)
    live = Testimonial.objects.live().annotate(department=Subquery(links.values("outer__code")[:1]))
    every, found = list(live.order_by().values(*FIELDS.values())), search.filtered(live).newest_first()
    total = sum(_answers(search, one) for one in every) if search.is_valid else 0
    pages = paginate_or_first(search, total) if search.is_valid else paginate(search, 0)
    return {
        "breadcrumb": [(SECTION, "")],
        "path": search.path,
        "offer": reverse("testimonials:offer"),
        "canonical": search.address(page=str(search.page)),
        "problems": search.messages,
        "chips": search.chips,
        "facets": [_facet(one, search, every) for one in FILTERS],
        "rows": rows(found[pages.first_row : pages.first_row + PAGE_SIZE]),
        "is_empty": not every,
        "heading": plural(total, "témoignage")
        if total or search.is_valid
        else "Aucune liste\u00a0: corrigez la recherche.",
        "pages": pages,
    }


def _facet(filter: Filter, search: TestimonialSearch, every: list[dict]) -> Facet:
    """The choices that some testimonial answers, or that are chosen; each counted with the other filters."""
    counts = Counter(one[FIELDS[filter.name]] for one in every if _answers(search, one, but=filter.name))
    known = {one[FIELDS[filter.name]] for one in every}
    options = [option for option in search.options(filter.name, counts) if option.chosen or option.value in known]
    return Facet(filter.name, filter.label, "checks", options)


def testimonial_context(row: Testimonial, version: str) -> dict[str, Any]:
    """A testimonial in whatever state."""
    rendering = Rendering(lexicon(version), reserved=RESERVED)
    body = rendering.html(row.body)
    return {
        "title": typographic(row.title),
        "lead": typographic(", ".join(part for part in (row.name, row.role) if part)),
        "description": typographic(row.summary or excerpt(row.body) or row.title),
        "body": body,
        "portrait": _portrait(row),
        "facts": _facts(row),
        "is_offered": row.origin == Origin.OFFERED,
        "consented": long_date(timezone.localdate(row.consented_at)) if row.consented_at else "",
        "near": _near(row),
        "near_title": f"Autres témoignages\u00a0: {row.territory.name}" if row.territory else "Autres témoignages",
        "canonical": row.get_absolute_url(),
        "breadcrumb": trail(typographic(row.title)),
        "list": reverse("testimonials:list"),
        **foot(row, rendering),
    }


def _facts(row: Testimonial) -> list[tuple[str, str, str]]:
    """(label, text, address or "") of what is known of the author; what is not is said."""
    facts = [
        ("Spécialité", row.get_specialty_display(), ""),
        ("Mode d'exercice", row.get_mode_display(), ""),
        ("Étape de vie", row.get_stage_display(), ""),
        ("Année d'arrivée", str(row.arrival_year or ""), ""),
        ("Année du témoignage", row.year, ""),
    ]
    if row.territory:
        facts.append(("Territoire", row.territory.name, row.territory.get_absolute_url()))
    if row.structure:
        is_seen = row.structure.status == Status.PUBLISHED
        facts.append(("Structure", row.structure.name, row.structure.get_absolute_url() if is_seen else ""))
    if row.option:
        is_seen = row.option.status == Status.PUBLISHED
        facts.append(("Façon d'exercer", row.option.title, row.option.get_absolute_url() if is_seen else ""))
    return [(label, capfirst(text or UNKNOWN), href) for label, text, href in facts]


def _near(row: Testimonial) -> list:
    """Others of the same place or around it; of any place for one without."""
    others = Testimonial.objects.live().exclude(pk=row.pk)
    found = others.about_place(row.territory_id) if row.territory_id else others.newest_first()
    return rows(found[:NEAR])
