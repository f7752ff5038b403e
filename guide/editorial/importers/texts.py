"""Readers of the Markdown sheets: rich texts whose citations are all known; pages, news, agenda, testimonials."""

from datetime import date, datetime
from typing import Any

from django.db import models
from django.utils import timezone
from django.utils.text import slugify

from aids.vocabulary import Mode, Specialty
from guide.core import rich_text
from guide.core.enums import RejectReason
from guide.core.imports.content.keys import Key, choice, codes, day, integer, known_date, linked, plain, text
from guide.core.imports.content.reader import Entry, Fault, Reader
from guide.editorial.enums import NewsKind, Section, Stage
from guide.editorial.figures_check import bare_figures
from guide.editorial.models import Event, NewsItem, Page, PracticeOption, Reference, Testimonial
from guide.territories.enums import TerritoryKind
from guide.territories.importers.codes import place
from structures.enums import DatePrecision
from structures.models import Structure

SOURCES, PRACTICE = "sources.yaml", "exercer"  # a list and a folder that sheets refer to
DEPARTMENT = place("department", TerritoryKind.DEPARTMENT)
PRECISIONS = {4: DatePrecision.YEAR, 7: DatePrecision.MONTH, 10: DatePrecision.DAY}


# Keys of every sheet of guide.editorial.models.Content; `sources` are those that the text does not cite.
COMMON = (
    plain("title", text(200), required=True),
    plain("summary", text(400)),
    day("verified_on"),
    Key(
        "sources",
        lambda raw: sorted(set(codes()(raw))),
        lambda row: sorted(reference.code for reference in row.references.all()) if row.pk else [],
        lambda row, found: row.references.set(Reference.objects.filter(code__in=found)),
        late=True,
    ),
)


class TextReader(Reader):
    """Markdown sheets. The body is one rich text; a kind with several overrides `texts` (rich texts by field) and
    `text_fields` (the names of these fields)."""

    prefetched: tuple[str, ...] = ("references",)

    def values(self, entry: Entry) -> dict[str, Any]:
        """The keys, and the rich texts by field; Fault when a text cites what is not in the list of sources."""
        self._check_citations(entry)
        return super().values(entry) | self.texts(entry)

    def texts(self, entry: Entry) -> dict[str, Any]:
        return {"body": rich_text.from_markdown(entry.body)}

    def text_fields(self) -> tuple[str, ...]:
        return ("body",)

    def _check_citations(self, entry: Entry) -> None:
        lost = rich_text.malformed_citations(entry.body)
        if lost:
            raise Fault(entry.line_of(lost[0]), f"citation mal écrite : {lost[0]}", RejectReason.UNKNOWN_REFERENCE)
        listed = entry.values.get("sources") or []
        for code in (*rich_text.citations(entry.body), *(listed if isinstance(listed, list) else [])):
            if code not in self.known(SOURCES):
                raise Fault(entry.line_of(str(code)), f"source inconnue : « {code} »", RejectReason.UNKNOWN_REFERENCE)

    def notices(self, entry: Entry, values: dict[str, Any]) -> list[tuple[int, str]]:
        return [
            (entry.line_of(bare.text[:40]), f"chiffre sans source : {bare.text[:80]}")
            for bare in bare_figures(entry.body)
        ]

    def current(self, row: models.Model) -> dict[str, Any]:
        return super().current(row) | {name: getattr(row, name) for name in self.text_fields()}

    def write(self, row: models.Model, changes: dict[str, Any]) -> None:
        for name in self.text_fields():
            if name in changes:
                setattr(row, name, changes[name])
        super().write(row, changes)


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


def _place(name: str, kind: TerritoryKind) -> Key:
    """A place of one kind, in the field that places of other kinds share: without it, those of other kinds stay."""
    key = place(name, kind)

    def write(row: Testimonial, code: str) -> None:
        if code or (row.territory and row.territory.kind == kind):
            key.write(row, code)

    return Key(name, key.parse, key.read, write)


def _structure(raw: Any) -> str:
    slug = text(140)(raw)
    if slug and not Structure.objects.filter(slug=slug).exists():
        raise ValueError(f"structure « {slug} » inconnue : chargez d'abord les structures")
    return slug


class TestimonialReader(TextReader):
    """`temoignages/*.md`. The commune is enough: it says the department."""

    path = "temoignages"
    model = Testimonial
    joined = ("territory", "structure", "option")
    keys = (
        *COMMON,
        plain("name", text(120), required=True),
        plain("role", text(200)),
        plain("specialty", choice(Specialty)),
        plain("mode", choice(Mode)),
        plain("stage", choice(Stage)),
        plain("year", text(40)),
        plain("arrival_year", integer(1900, 2100)),
        _place("department", TerritoryKind.DEPARTMENT),
        _place("commune", TerritoryKind.COMMUNE),
        linked("structure", Structure, _structure, by="slug"),
        linked("option", PracticeOption, text(140), by="slug"),
    )

    def values(self, entry: Entry) -> dict[str, Any]:
        """The sheet; reported words name a source, and the way to practise is one that the guide knows."""
        found = super().values(entry)
        option = found["option"]
        if option and (option != slugify(option) or option not in self.known(PRACTICE)):
            reason = RejectReason.UNKNOWN_REFERENCE
            raise Fault(entry.line_of("option:"), f"option : façon d'exercer « {option} » inconnue", reason)
        if not found["sources"] and "[@" not in entry.body:
            raise Fault(entry.line, "sources : des propos rapportés nomment leur source", RejectReason.MISSING_VALUE)
        if found["commune"]:
            found["department"] = ""
        return found
