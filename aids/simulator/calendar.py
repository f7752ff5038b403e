"""The steps and deadlines of a result as a calendar file (RFC 5545): all-day events, no mail, no account."""

from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from typing import NamedTuple

FOLD = 75  # octets in a line, without its end (RFC 5545, 3.1)


class Event(NamedTuple):
    """One all-day event; `key` makes its identifier, the same each time the calendar is read again."""

    key: str
    day: date
    title: str
    text: str = ""
    yearly: bool = False


def serialise(events: Iterable[Event], name: str, host: str, stamp: date) -> str:
    """The calendar, lines folded and ended by CRLF."""
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", f"PRODID:-//{escape(host)}//aides//FR", "CALSCALE:GREGORIAN"]
    lines.append(f"X-WR-CALNAME:{escape(name)}")
    for event in events:
        lines += _event(event, host, stamp)
    lines.append("END:VCALENDAR")
    return "".join(f"{part}\r\n" for line in lines for part in fold(line))


def _event(event: Event, host: str, stamp: date) -> Iterator[str]:
    yield "BEGIN:VEVENT"
    yield f"UID:{event.key}@{host}"
    yield f"DTSTAMP:{stamp:%Y%m%d}T000000Z"
    yield f"DTSTART;VALUE=DATE:{event.day:%Y%m%d}"
    yield f"DTEND;VALUE=DATE:{event.day + timedelta(days=1):%Y%m%d}"
    if event.yearly:
        yield "RRULE:FREQ=YEARLY"
    yield f"SUMMARY:{escape(event.title)}"
    if event.text:
        yield f"DESCRIPTION:{escape(event.text)}"
    yield "TRANSP:TRANSPARENT"
    yield "END:VEVENT"


def escape(text: str) -> str:
    """A TEXT value (RFC 5545, 3.3.11)."""
    text = text.replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,")
    return text.replace("\r\n", "\\n").replace("\n", "\\n").replace("\r", "\\n")


def fold(line: str) -> Iterator[str]:
    """Pieces of at most 75 octets, never cutting a letter; each but the first begins with a space."""
    piece, size = "", 0
    for letter in line:
        width = len(letter.encode())
        if size + width > FOLD:
            yield piece
            piece, size = " ", 1
        piece, size = piece + letter, size + width
    yield piece
