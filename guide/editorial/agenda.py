"""What the agenda holds: events, days when aids open or close; ready to print, and as a calendar file (RFC 5545)."""

from datetime import date, datetime

import icalendar
from django.conf import settings
from django.db.models import Q
from django.utils import timezone

from aids.addresses import page_of
from aids.models import Aid, AidSource
from aids.vocabulary import MARK_BADGES, Mark
from guide.core.calendar_file import DAY, host, new_calendar, whole_day
from guide.core.french import NBSP, UNKNOWN, long_date, partial_date, plural, typographic
from guide.core.rich_text import plain
from guide.editorial.models import Event
from guide.editorial.rendering import Rendering, lexicon, place_link

MAX_PAST = 20
OPENING, CLOSING = "ouverture", "fermeture"
WORDS = {OPENING: "Premier jour pour la demander", CLOSING: "Dernier jour pour la demander"}


def context(version: str) -> dict:
    """Events to come, the last ones, the days of the aids; apart, the meetings that have no date yet."""
    live = Event.objects.live().select_related("territory")
    rendering = Rendering(lexicon(version), reserved=("dates-des-aides",))
    groups = [("a-venir", "À venir", live.upcoming()), ("passes", "Passés", live.past()[:MAX_PAST])]
    lists = [(anchor, title, [_event(row, rendering) for row in rows]) for anchor, title, rows in groups]
    dates = deadlines()
    return {
        "lists": [one for one in lists if one[2]],
        "deadlines": dates,
        "undated": [_event(row, rendering) for row in live.undated()],
        "total": plural(len(lists[0][2]) + len(dates), "date à venir", "dates à venir"),
        "sources": rendering.sources(),
        "terms": rendering.terms(),
        "breadcrumb": [("Agenda", "")],
    }


def _event(row: Event, rendering: Rendering) -> dict:
    return {
        "slug": row.slug,
        "title": typographic(row.title),
        "summary": typographic(row.summary),
        "when": when(row),
        "recurrence": row.recurrence,
        "facts": [(label, text) for label, text in (("Lieu", row.place), ("Organisateur", row.organiser)) if text],
        "place": place_link(row.territory),
        "body": rendering.html(row.body),
    }


def when(event: Event) -> str:
    """`12 juin 2026, 18 h 30`, `du 3 mai 2026 au 4 mai 2026`, "" without a known date."""
    if event.starts_at is None:
        return ""
    start = timezone.localtime(event.starts_at)
    end = timezone.localtime(event.ends_at) if event.ends_at else None
    if end and end.date() != start.date():
        return f"du {long_date(start)} au {long_date(end)}"
    hours = "" if event.all_day else f", {_hour(start)}" + (f" à {_hour(end)}" if end and end > start else "")
    return f"{long_date(start)}{hours}"


def _hour(moment: datetime) -> str:
    minutes = f"{NBSP}{moment.minute:02}" if moment.minute else ""
    return f"{moment.hour}{NBSP}h{minutes}"


def deadlines() -> list[dict]:
    """Openings and last days of live aids from today on, the nearest first."""
    day = timezone.localdate()
    found = []
    dated = Aid.objects.live().filter(Q(opens_on__gt=day) | Q(closes_on__gte=day))
    for aid in dated.prefetch_related("sources"):
        if aid.opens_on and aid.opens_on > day:
            found.append(_deadline(aid, OPENING, aid.opens_on))
        if aid.closes_on:
            found.append(_deadline(aid, CLOSING, aid.closes_on))
    return sorted(found, key=lambda one: (one["day"], one["title"], one["uid"]))


def _deadline(aid: Aid, kind: str, day: date) -> dict:
    """One day of an aid. `badge` is (tone, text) of what remains to be confirmed, or None; sources are (text, url)."""
    return {
        "day": day,
        "title": typographic(aid.name),
        "what": WORDS[kind],
        "when": long_date(day),
        "href": page_of(aid.code),
        "badge": next(iter(MARK_BADGES[Mark(aid.mark)]), None),
        "sources": [(_words(source), source.url) for source in aid.sources.all()],
        "uid": f"aide.{aid.code}.{kind}",  # no address of an event holds a full stop
        "changed": aid.updated_at,
    }


def _words(source: AidSource) -> str:
    return f"{typographic(source.title)}, {partial_date(source.dated) if source.dated else f'date {UNKNOWN}e'}"


def calendar_file() -> bytes:
    """The dated events, and the days to come when aids open or close."""
    calendar = new_calendar("agenda", "Agenda")
    for event in Event.objects.live().exclude(starts_at=None).order_by("starts_at", "pk"):
        calendar.add_component(_component(event))
    for deadline in deadlines():
        calendar.add_component(_of_aid(deadline))
    return calendar.to_ical()


def _of_aid(deadline: dict) -> icalendar.Event:
    title = f"{deadline['what']}{NBSP}: {deadline['title']}"
    text = "\n".join(f"Source{NBSP}: {words} {url}".strip() for words, url in deadline["sources"])
    one = whole_day(deadline["uid"], deadline["day"], title, changed=deadline["changed"], text=text)
    one.add("url", f"{settings.SITE_URL}{deadline['href']}")
    return one


def _component(event: Event) -> icalendar.Event:
    one = icalendar.Event()
    start, end = timezone.localtime(event.starts_at), event.ends_at and timezone.localtime(event.ends_at)
    one.add("uid", f"{event.slug}@{host()}")
    one.add("dtstamp", event.updated_at)
    if event.all_day:
        one.add("dtstart", start.date())
        one.add("dtend", (end or start).date() + DAY)  # the end of a whole day is the next one
    else:
        one.add("dtstart", event.starts_at)
        if end and end > start:
            one.add("dtend", event.ends_at)
    one.add("summary", event.title)
    one.add("url", f"{settings.SITE_URL}{event.get_absolute_url()}")
    for name, text in (("location", event.place), ("description", event.summary or plain(event.body))):
        if text:
            one.add(name, text)
    return one
