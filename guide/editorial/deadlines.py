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
    """Openings and last days of live aids from `day` (default: today) on, the nearest first."""
    day = day or timezone.localdate()
    found = []
    dated = Aid.objects.live().filter(Q(opens_on__gt=day) | Q(closes_on__gte=day))
    for aid in dated.prefetch_related("sources"):
        if aid.opens_on and aid.opens_on > day:
            found.append(_deadline(aid, OPENING, aid.opens_on))
        if aid.closes_on:
            found.append(_deadline(aid, CLOSING, aid.closes_on))
    return sorted(found, key=lambda one: (one.day, one.title, one.uid))


def _deadline(aid: Aid, kind: str, day: date) -> Deadline:
    return Deadline(
        day=day,
        title=typographic(aid.name),
        what=WORDS[kind],
        when=long_date(day),
        href=page_of(aid.code),
        badge=next(iter(MARK_BADGES[Mark(aid.mark)]), None),
        sources=[(_words(source), source.url) for source in aid.sources.all()],
        uid=f"aide.{aid.code}.{kind}",  # no address of an event holds a full stop
        changed=aid.updated_at,
    )


def _words(source: AidSource) -> str:
    return f"{typographic(source.title)}, {partial_date(source.dated) if source.dated else f'date {UNKNOWN}e'}"
