"""Readers of the Markdown sheets: pages, news, agenda."""

from datetime import date, datetime
from typing import Any

from django.utils import timezone

from guide.core.enums import RejectReason
from guide.core.imports.content.entries import Fault
from guide.core.imports.content.keys import Key, choice, integer, known_date, plain, text
from guide.editorial.enums import NewsKind, Section
from guide.editorial.importers.texts import COMMON, TextReader
from guide.editorial.models import Event, NewsItem, Page
from guide.territories.enums import TerritoryKind
from guide.territories.importers.codes import place
from structures.enums import DatePrecision

DEPARTMENT = place("department", TerritoryKind.DEPARTMENT)
PRECISIONS = {4: DatePrecision.YEAR, 7: DatePrecision.MONTH, 10: DatePrecision.DAY}


class PageReader(TextReader):
    """`pages/*.md`."""

    path = "pages"
    model = Page
    joined = ("territory",)
    keys = (
        *COMMON,
        plain("section", choice(Section), required=True),
        plain("position", integer(0, 32_000, absent=0)),
        DEPARTMENT,
        plain("illustration", text(60)),
    )


def _write_date(row: NewsItem, value: str) -> None:
    row.published_on = date.fromisoformat(value + "-01-01"[len(value) - 4 :])
    row.precision = PRECISIONS[len(value)]


class NewsReader(TextReader):
    """`actualites/*.md`."""

    path = "actualites"
    model = NewsItem
    joined = ("territory",)
    keys = (
        *COMMON,
        plain("kind", choice(NewsKind), required=True),
        Key("date", known_date, NewsItem.partial_date, _write_date, required=True),
        plain("place", text(120)),
        DEPARTMENT,
    )


def _moment(raw: Any) -> str:
    """ISO form of "2026-06-12" or "2026-06-12 18:30"; "" when absent."""
    value = text(20)(raw)
    try:
        if value and len(value) > 10:
            return datetime.fromisoformat(value).replace(tzinfo=None).isoformat(" ", "minutes")
        return date.fromisoformat(value).isoformat() if value else ""
    except ValueError:
        raise ValueError(f"date « {value} » illisible : attendu AAAA-MM-JJ, ou AAAA-MM-JJ HH:MM") from None


def _moment_key(name: str, field: str) -> Key:
    """A day, or a day and an hour, in the field of an event; the start says whether its hour is known."""

    def read(row: Event) -> str:
        moment = getattr(row, field)
        if moment is None:
            return ""
        local = timezone.localtime(moment).replace(tzinfo=None)
        return local.date().isoformat() if row.all_day else local.isoformat(" ", "minutes")

    def write(row: Event, value: str) -> None:
        setattr(row, field, timezone.make_aware(datetime.fromisoformat(value)) if value else None)
        if field == "starts_at":
            row.all_day = len(value) == 10

    return Key(name, _moment, read, write)


class EventReader(TextReader):
    """`agenda/*.md`."""

    path = "agenda"
    model = Event
    joined = ("territory",)
    keys = (
        *COMMON,
        _moment_key("date", "starts_at"),
        _moment_key("end", "ends_at"),
        plain("recurrence", text(200)),
        plain("place", text(200)),
        plain("organiser", text(200)),
        DEPARTMENT,
    )

    def values(self, entry):
        """An end asks for a start, and comes after it."""
        found = super().values(entry)
        if found["end"] and not "" < found["date"] <= found["end"]:
            raise Fault(entry.line_of("end:"), "end : la fin suit le début", RejectReason.BAD_DATE)
        return found
