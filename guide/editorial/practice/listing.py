"""The list of the ways to practise, by family; two queries."""

from collections.abc import Mapping
from html import escape
from typing import NamedTuple

from django.urls import reverse

from guide.core.french import typographic
from guide.core.rich_text import plain
from guide.core.together import Part, read_together
from guide.editorial.models import PracticeKind, PracticeOption, PracticePoint
from guide.editorial.practice import presence
from guide.editorial.practice.addresses import SECTION, page_of
from guide.editorial.practice.vocabulary import FAMILY_LEADS, FAMILY_TITLES, Criterion, Family

UNCOUNTED = "Aucune structure propre"
NONE_KNOWN = "Aucune structure recensée à ce jour"


class Card(NamedTuple):
    """One option in the list. `status` may be empty; `count` says how many structures there are."""

    href: str
    title: str
    summary: str
    status: str
    count: str


class Group(NamedTuple):
    """Options of one family."""

    code: str
    title: str
    lead: str
    cards: list[Card]


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


def families() -> list[Group]:
    """Live options by family, in the order of the vocabulary; families without option are left out."""
    cards: dict[str, list[Card]] = {family: [] for family in Family}
    live = PracticeOption.objects.live()
    options, points, kind_rows = read_together(
        Part(live.in_order(), ("pk", "family", "slug", "title", "summary")),
        Part(PracticePoint.objects.filter(option__in=live, criterion=Criterion.STATUS), ("option", "text")),
        Part(PracticeKind.objects.filter(option__in=live).order_by("pk"), ("option", "kind")),
    )
    statuses, kinds, counts = dict(points), _by_option(kind_rows), presence.counts_by_kind()
    for pk, family, slug, title, summary in options:
        count = _count(kinds.get(pk, []), counts)
        cards[family].append(
            Card(page_of(slug), title, summary, typographic(plain(escape(statuses.get(pk, "")))), count)
        )
    return [
        Group(family, FAMILY_TITLES[family], FAMILY_LEADS[family], found) for family, found in cards.items() if found
    ]


def _by_option(rows: list[tuple[int, str]]) -> dict[int, list[str]]:
    found: dict[int, list[str]] = {}
    for option, kind in rows:
        found.setdefault(option, []).append(kind)
    return found


def _count(kinds: list[str], counts: Mapping[str, int]) -> str:
    if not kinds:
        return UNCOUNTED
    found = presence.sentence({kind: counts.get(kind, 0) for kind in kinds})
    return f"{found} dans ce guide" if found else NONE_KNOWN
