"""Days when aids open or close, as the agenda and its calendar file tell them: those of the sheets of aids alone."""

from datetime import date, datetime
from typing import NamedTuple

from django.db.models import Q
from django.utils import timezone

from aids.addresses import page_of
from aids.badges import MARK_BADGES
from aids.models import Aid, AidSource
from aids.vocabulary import Mark
from guide.core.french import UNKNOWN, long_date, partial_date, typographic

OPENING, CLOSING = "ouverture", "fermeture"
WORDS = {OPENING: "Premier jour pour la demander", CLOSING: "Dernier jour pour la demander"}


class Deadline(NamedTuple):
    """One day of an aid. `badge` is (tone, text) of what remains to be confirmed, or None; sources are (text, url)."""

    day: date
    title: str
    what: str
    when: str
    href: str
    badge: tuple[str, str] | None
    sources: list[tuple[str, str]]
    uid: str
    changed: datetime


def upcoming(day: date | None = None) -> list[Deadline]:
    """Openings and last days of live aids from `day` (default: today) on, the nearest first; two queries."""
    day = day or timezone.localdate()
    dated = Aid.objects.live().filter(Q(opens_on__gt=day) | Q(closes_on__gte=day))
    sources = _sources(dated)
    found = []
    for row in dated.values("pk", "code", "name", "mark", "opens_on", "closes_on", "updated_at"):
        if row["opens_on"] and row["opens_on"] > day:
            found.append(_deadline(row, OPENING, row["opens_on"], sources))
        if row["closes_on"]:
            found.append(_deadline(row, CLOSING, row["closes_on"], sources))
    return sorted(found, key=lambda one: (one.day, one.title, one.uid))


def _deadline(row: dict, kind: str, day: date, sources: dict[int, list[tuple[str, str]]]) -> Deadline:
    return Deadline(
        day=day,
        title=typographic(row["name"]),
        what=WORDS[kind],
        when=long_date(day),
        href=page_of(row["code"]),
        badge=next(iter(MARK_BADGES[Mark(row["mark"])]), None),
        sources=sources.get(row["pk"], []),
        uid=f"aide.{row['code']}.{kind}",  # no address of an event holds a full stop
        changed=row["updated_at"],
    )


def _sources(dated) -> dict[int, list[tuple[str, str]]]:
    """(title and date, address) of the sources of each aid."""
    found: dict[int, list[tuple[str, str]]] = {}
    rows = AidSource.objects.filter(aid__in=dated.values("pk")).order_by("aid", "position", "pk")
    for aid, title, url, dated_on in rows.values_list("aid", "title", "url", "dated"):
        words = f"{typographic(title)}, {partial_date(dated_on) if dated_on else f'date {UNKNOWN}e'}"
        found.setdefault(aid, []).append((words, url))
    return found
