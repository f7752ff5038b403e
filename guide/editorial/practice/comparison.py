"""The comparison of the ways to practise: criteria as lines, options as columns."""

from django.http import HttpRequest
from django.urls import reverse
from django.utils.text import capfirst

from guide.core.french import UNKNOWN
from guide.core.query_string import OneOf, Wording, unknown
from guide.core.search import Parameter, Search
from guide.editorial.enums import Criterion, Family
from guide.editorial.models import PracticeOption
from guide.editorial.practice.pages import comparison_of, trail
from guide.editorial.rendering import Rendering, lexicon

MAX_COLUMNS = 5  # beyond, one table for each family: what a screen and a sheet of paper can hold
WORDING = Wording(
    unknown="Paramètre inconnu\u00a0: «\u00a0{}\u00a0».",
    unreadable="La valeur de «\u00a0{}\u00a0» est illisible.",
    repeated="«\u00a0{}\u00a0» n'accepte qu'une valeur.",
)


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
        self.compared = list(PracticeOption.objects.live().in_order().prefetch_related("points"))

    @property
    def chosen(self) -> list[PracticeOption]:
        return [option for option in self.compared if option.slug in self.values.get("o", ())]


def context(search: ComparisonSearch, version: str) -> dict:
    """What practice/compare.html prints at a content version; all the options when none is asked for."""
    chosen = search.chosen
    shown = chosen if chosen or not search.is_valid else search.compared
    rendering = Rendering(lexicon(version))
    return {
        "breadcrumb": trail("Comparer"),
        "errors": search.messages,
        "tables": _tables(shown, rendering),
        "sources": rendering.sources(),
        "terms": rendering.terms(),
        "chips": _chips(chosen),
        "choices": [
            (title, [(option.slug, option.title, option in chosen) for option in options])
            for title, options in _by_family(search.compared)
        ],
        "path": search.path,
        "is_choice": bool(chosen),
        "is_open": len(shown) < 2,
        "list": reverse("practice:list"),
        "questionnaire": reverse("practice:questionnaire"),
    }


def _by_family(options: list[PracticeOption]) -> list[tuple[str, list[PracticeOption]]]:
    """(title, options) of the families that have some."""
    families = [(family.heading, [one for one in options if one.family == family]) for family in Family]
    return [(title, found) for title, found in families if found]


def _tables(options: list[PracticeOption], rendering: Rendering) -> list[dict]:
    groups = _by_family(options) if len(options) > MAX_COLUMNS else [("", options)]
    return [_table(title, found, rendering) for title, found in groups if found]


def _table(title: str, options: list[PracticeOption], rendering: Rendering) -> dict:
    """One table: `columns` are (title, address) of the options; `lines` are (criterion, [(title, text)])."""
    texts = [(option.title, {point.criterion: point.text for point in option.points.all()}) for option in options]
    lines = [
        (
            capfirst(criterion.label),
            [(name, rendering.unmarked(found.get(criterion, capfirst(UNKNOWN)))) for name, found in texts],
        )
        for criterion in Criterion
        if any(criterion in found for _, found in texts)
    ]
    columns = [(option.title, option.get_absolute_url()) for option in options]
    return {"title": title, "columns": columns, "lines": lines}


def _chips(chosen: list[PracticeOption]) -> list[tuple[str, str]]:
    """(title, address of the comparison without it) of each option chosen."""
    return [(one.title, comparison_of(other.slug for other in chosen if other != one)) for one in chosen]
