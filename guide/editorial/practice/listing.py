"""The list of the ways to practise, by family."""

from collections.abc import Mapping
from html import escape
from typing import NamedTuple

from django.urls import reverse

from guide.core.french import typographic
from guide.core.rich_text import plain
from guide.editorial.models import PracticeOption
from guide.editorial.practice import presence
from guide.editorial.practice.addresses import SECTION
from guide.editorial.practice.vocabulary import FAMILY_LEADS, FAMILY_TITLES, Criterion, Family

UNCOUNTED = "Aucune structure propre"
NONE_KNOWN = "Aucune structure recensée à ce jour"


class OptionCard(NamedTuple):
    """One option in the list. `status` may be empty; `count` says how many structures there are."""

    option: PracticeOption
    status: str
    count: str


class CardFamily(NamedTuple):
    """Options of one family."""

    code: str
    title: str
    lead: str
    cards: list[OptionCard]


def context() -> dict:
    """What practice/list.html prints."""
    return {
        "breadcrumb": [(SECTION, "")],
        "groups": families(),
        "compare": reverse("practice:compare"),
        "questionnaire": reverse("practice:questionnaire"),
    }


def families() -> list[CardFamily]:
    """Live options by family, in the order of the vocabulary; families without option are left out."""
    cards: dict[str, list[OptionCard]] = {family: [] for family in Family}
    counts = presence.counts_by_kind()
    for option in PracticeOption.objects.live().in_order().prefetch_related("kinds", "points"):
        cards[option.family].append(_card(option, counts))
    return [
        CardFamily(family, FAMILY_TITLES[family], FAMILY_LEADS[family], found)
        for family, found in cards.items()
        if found
    ]


def _card(option: PracticeOption, counts: Mapping[str, int]) -> OptionCard:
    status = next((point.text for point in option.points.all() if point.criterion == Criterion.STATUS), "")
    kinds = [row.kind for row in option.kinds.all()]
    return OptionCard(option, typographic(plain(escape(status))), _count(kinds, counts))


def _count(kinds: list[str], counts: Mapping[str, int]) -> str:
    if not kinds:
        return UNCOUNTED
    found = presence.sentence({kind: counts.get(kind, 0) for kind in kinds})
    return f"{found} dans ce guide" if found else NONE_KNOWN
