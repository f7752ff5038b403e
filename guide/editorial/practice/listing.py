"""The list of the ways to practise, by family; two queries."""

from collections.abc import Mapping
from html import escape
from typing import NamedTuple

from django.db.models import QuerySet
from django.urls import reverse

from guide.core.french import typographic
from guide.core.rich_text import plain
from guide.editorial.models import PracticeKind, PracticeOption, PracticePoint
from guide.editorial.practice import presence
from guide.editorial.practice.addresses import SECTION, page_of
from guide.editorial.practice.vocabulary import FAMILY_LEADS, FAMILY_TITLES, Criterion, Family

UNCOUNTED = "Aucune structure propre"
NONE_KNOWN = "Aucune structure recensée à ce jour"


class OptionCard(NamedTuple):
    """One option in the list. `status` may be empty; `count` says how many structures there are."""

    href: str
    title: str
    summary: str
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
    groups = families()
    return {
        "breadcrumb": [(SECTION, "")],
        "groups": groups,
        "total": sum(len(group.cards) for group in groups),
        "compare": reverse("practice:compare"),
        "questionnaire": reverse("practice:questionnaire"),
    }


def families() -> list[CardFamily]:
    """Live options by family, in the order of the vocabulary; families without option are left out."""
    cards: dict[str, list[OptionCard]] = {family: [] for family in Family}
    live = PracticeOption.objects.live()
    points = PracticePoint.objects.filter(option__in=live, criterion=Criterion.STATUS)
    statuses = dict(points.values_list("option", "text"))
    kinds = _kinds_by_option(live)
    counts = presence.counts_by_kind()
    for pk, family, slug, title, summary in live.in_order().values_list("pk", "family", "slug", "title", "summary"):
        count = _count(kinds.get(pk, []), counts)
        cards[family].append(
            OptionCard(page_of(slug), title, summary, typographic(plain(escape(statuses.get(pk, "")))), count)
        )
    return [
        CardFamily(family, FAMILY_TITLES[family], FAMILY_LEADS[family], found)
        for family, found in cards.items()
        if found
    ]


def _kinds_by_option(options: QuerySet) -> dict[int, list[str]]:
    found: dict[int, list[str]] = {}
    rows = PracticeKind.objects.filter(option__in=options).order_by("pk")
    for option, kind in rows.values_list("option", "kind"):
        found.setdefault(option, []).append(kind)
    return found


def _count(kinds: list[str], counts: Mapping[str, int]) -> str:
    if not kinds:
        return UNCOUNTED
    found = presence.sentence({kind: counts.get(kind, 0) for kind in kinds})
    return f"{found} dans ce guide" if found else NONE_KNOWN
