"""The comparison of the ways to practise: criteria as lines, options as columns; two queries, and the lexicon."""

from collections import defaultdict
from typing import NamedTuple

from django.http import HttpRequest
from django.urls import reverse
from django.utils.text import capfirst

from guide.core.french import UNKNOWN
from guide.core.query_string import Wording
from guide.core.query_values import OneOf, unknown
from guide.core.rich_text import Html
from guide.core.search import Parameter, Search
from guide.editorial import lexicon
from guide.editorial.models import PracticeOption, PracticePoint
from guide.editorial.practice.addresses import comparison_of, page_of, trail
from guide.editorial.practice.texts import plain_html
from guide.editorial.practice.vocabulary import FAMILY_TITLES, Criterion, Family
from guide.editorial.rendering import Rendering

MAX_COLUMNS = 5  # beyond, one table for each family: what a screen and a sheet of paper can hold
WORDING = Wording(
    unknown="Paramètre inconnu\u00a0: «\u00a0{}\u00a0».",
    unreadable="La valeur de «\u00a0{}\u00a0» est illisible.",
    repeated="«\u00a0{}\u00a0» n'accepte qu'une valeur.",
)


class Compared(NamedTuple):
    """One option that can be compared."""

    pk: int
    slug: str
    title: str
    family: str


class ComparisonSearch(Search):
    """The options that an address asks to compare; an option that does not exist is said, and left aside."""

    parameters = (
        Parameter(
            name="o",
            many=True,
            keeps_right=True,
            value=OneOf(
                lambda search: [(option.slug, option.title) for option in search.compared],
                unknown("Façon d'exercer inconnue"),
            ),
        ),
    )
    wording = WORDING

    def prepare(self, request: HttpRequest) -> None:
        """All the options, in the order of columns; one query."""
        rows = PracticeOption.objects.live().in_order().values_list(*Compared._fields)
        self.compared = [Compared(*row) for row in rows]

    @property
    def chosen(self) -> list[Compared]:
        """The options asked for."""
        return [option for option in self.compared if option.slug in self.values.get("o", ())]


class Column(NamedTuple):
    """One option of a table."""

    title: str
    href: str


class Table(NamedTuple):
    """One table: `lines` are (criterion, [(title of the option, text)]), in the order of the columns."""

    title: str
    columns: list[Column]
    lines: list[tuple[str, list[tuple[str, Html]]]]


def context(search: ComparisonSearch, version: str) -> dict:
    """What practice/compare.html prints at a content version; all the options when none is asked for."""
    chosen = search.chosen
    kept = chosen if chosen or not search.is_valid else search.compared
    page = Rendering(lexicon.current(version))
    return {
        "breadcrumb": trail("Comparer"),
        "errors": search.messages,
        "tables": _tables(kept, _points(kept), page),
        "sources": page.sources(),
        "terms": page.terms(),
        "chips": _chips(chosen),
        "choices": _choices(search.compared, {option.slug for option in chosen}),
        "path": search.path,
        "is_choice": bool(chosen),
        "is_open": len(kept) < 2,
        "list": reverse("practice:list"),
        "questionnaire": reverse("practice:questionnaire"),
    }


def _points(options: list[Compared]) -> dict[int, dict[str, str]]:
    found: dict[int, dict[str, str]] = defaultdict(dict)
    rows = PracticePoint.objects.filter(option__in=[option.pk for option in options])
    for option, criterion, text in rows.values_list("option", "criterion", "text"):
        found[option][criterion] = text
    return found


def _tables(options: list[Compared], points, page: Rendering) -> list[Table]:
    if len(options) <= MAX_COLUMNS:
        return [_table("", options, points, page)] if options else []
    families = [(family, [option for option in options if option.family == family]) for family in Family]
    return [_table(FAMILY_TITLES[family], found, points, page) for family, found in families if found]


def _table(title: str, options: list[Compared], points, page: Rendering) -> Table:
    unknown = capfirst(UNKNOWN)
    lines = [
        (
            capfirst(criterion.label),
            [(option.title, plain_html(page, points[option.pk].get(criterion, unknown))) for option in options],
        )
        for criterion in Criterion
        if any(criterion in points[option.pk] for option in options)
    ]
    return Table(title, [Column(option.title, page_of(option.slug)) for option in options], lines)


def _chips(chosen: list[Compared]) -> list[tuple[str, str]]:
    """(title, address of the comparison without it) of each option chosen."""
    return [
        (option.title, comparison_of(other.slug for other in chosen if other.slug != option.slug)) for option in chosen
    ]


def _choices(options: list[Compared], chosen: set[str]) -> list[tuple[str, list[tuple[str, str, bool]]]]:
    """(family, [(slug, title, chosen)]) of the form."""
    families = [(FAMILY_TITLES[family], [o for o in options if o.family == family]) for family in Family]
    return [
        (title, [(option.slug, option.title, option.slug in chosen) for option in found])
        for title, found in families
        if found
    ]
