"""The zonings of a commune on a day. Nothing is ever deduced: what no edition says is unknown.

A zoning of doctors (CSP L1434-4) or a red zone is a health matter; FRR (CGI 44 quindecies A) is a tax matter;
QPV (loi n° 2014-173 du 21 février 2014, art. 5) belongs to city policy. They stand side by side, never merged.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import Enum

from django.db.models import FilteredRelation, Q
from django.utils import timezone

from guide.territories.enums import Level, Scheme
from guide.territories.models import ZoningEdition

ORDER = (Scheme.DOCTORS, Scheme.RED_ZONE, Scheme.FRR, Scheme.QPV)


class Answer(Enum):
    """What is known of a commune in one scheme."""

    LEVEL = "level"
    OUTSIDE = "outside"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Row:
    """One level of the commune; its source is the edition's when the row names none."""

    level: Level
    partial: bool
    note: str
    source: str
    source_url: str
    source_date: str
    confidence: str


@dataclass(frozen=True, slots=True)
class Edition:
    """One delivery of a zoning whose scope holds the commune."""

    pk: int
    scheme: Scheme
    label: str
    exhaustive: bool
    valid_from: date
    valid_to: date | None
    date_note: str
    legal_reference: str
    source: str
    source_url: str
    source_date: str

    def in_force(self, day: date) -> bool:
        """Whether the edition holds on `day`, both ends included."""
        return self.valid_from <= day and (self.valid_to is None or day <= self.valid_to)


EDITION_FIELDS = tuple(Edition.__dataclass_fields__)
ROW_FIELDS = tuple(Row.__dataclass_fields__)


@dataclass(frozen=True, slots=True)
class State:
    """The answer for one scheme, the edition that gives it, and the last ended answer when it is unknown."""

    scheme: Scheme
    answer: Answer
    edition: Edition | None = None
    rows: tuple[Row, ...] = ()
    previous: "State | None" = None


def stack(territory_id: int, day: date | None = None) -> list[State]:
    """State of one commune in each scheme on `day` (default: today), in one query."""
    day = day or timezone.localdate()
    editions, rows = {}, defaultdict(list)
    for values in _editions_with_rows(territory_id, day):
        edition = editions.setdefault(values[0], edition_of(values[: len(EDITION_FIELDS)]))
        level, *rest = values[len(EDITION_FIELDS) :]
        if level is not None:
            rows[edition.pk].append(Row(Level(level), *rest))
    by_level = {pk: tuple(sorted(found, key=lambda row: list(Level).index(row.level))) for pk, found in rows.items()}
    return [state(scheme, [e for e in editions.values() if e.scheme == scheme], by_level, day) for scheme in ORDER]


def _editions_with_rows(territory_id: int, day: date):
    """Editions begun on `day` whose scope holds the commune, newest first, each joined with the commune's rows."""
    return (
        ZoningEdition.objects.filter(scope__inner_links__inner=territory_id, valid_from__lte=day)
        .annotate(row=FilteredRelation("rows", condition=Q(rows__territory=territory_id, rows__missing_since=None)))
        .order_by("-valid_from", "-pk")
        .values_list(*EDITION_FIELDS, *(f"row__{name}" for name in ROW_FIELDS))
    )


def edition_of(values: Sequence) -> Edition:
    """An edition from its plain columns, in the order of EDITION_FIELDS."""
    pk, scheme, *rest = values
    return Edition(pk, Scheme(scheme), *rest)


def state(scheme: Scheme, editions: Sequence[Edition], rows: dict[int, tuple[Row, ...]], day: date) -> State:
    """Answer of one scheme. Pure. `editions` come newest first; the newest in force that can answer wins.

    An edition answers when it has a row of the commune, or when it is exhaustive: then no row means outside.
    """
    now = _first_answer(scheme, (e for e in editions if e.in_force(day)), rows)
    if now:
        return now
    ended = [e for e in editions if e.valid_to is not None and e.valid_to < day]
    ended.sort(key=lambda e: e.valid_to, reverse=True)
    return State(scheme, Answer.UNKNOWN, previous=_first_answer(scheme, ended, rows))


def _first_answer(scheme: Scheme, editions: Iterable[Edition], rows: dict[int, tuple[Row, ...]]) -> State | None:
    for edition in editions:
        found = rows.get(edition.pk, ())
        if found and any(row.level != Level.HZ for row in found):
            return State(scheme, Answer.LEVEL, edition, tuple(row for row in found if row.level != Level.HZ))
        if found or edition.exhaustive:
            return State(scheme, Answer.OUTSIDE, edition, found)
    return None
