"""Which zoning holds in communes on a day: the one reader of editions and rows, for pages, searches and rules alike.

The newest edition in force that answers wins, alone (docs/architecture.md, "Zonings have editions"). Nothing is ever
deduced: what no edition says is unknown.

A zoning of doctors (CSP L1434-4) or a red zone is a health matter; FRR (CGI 44 quindecies A) is a tax matter;
QPV (loi n° 2014-173 du 21 février 2014, art. 5) belongs to city policy. They stand side by side, never merged.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import Enum
from typing import NamedTuple

from django.db.models import QuerySet
from django.utils import timezone

from guide.territories.enums import Level, Scheme
from guide.territories.models import Containment, Zoning, ZoningEdition

ORDER = (Scheme.DOCTORS, Scheme.RED_ZONE, Scheme.FRR, Scheme.QPV)
_RANKS = {level: rank for rank, level in enumerate(Level)}


class Answer(Enum):
    """What is known of a commune in one scheme."""

    LEVEL = "level"
    OUTSIDE = "outside"
    UNKNOWN = "unknown"


class ZoningRow(NamedTuple):
    """One level of the commune; its source is the edition's when the row names none."""

    level: Level
    partial: bool
    note: str
    source: str
    source_url: str
    source_date: str


def answer_of(edition: ZoningEdition, rows: Sequence[ZoningRow]) -> Answer:
    """What an edition says of a commune of its scope, which has these rows in it."""
    if not rows and not edition.exhaustive:
        return Answer.UNKNOWN
    is_outside = tells_all(edition, rows) and all(row.level == Level.HZ for row in rows)
    return Answer.OUTSIDE if is_outside else Answer.LEVEL


def tells_all(edition: ZoningEdition, rows: Sequence[ZoningRow]) -> bool:
    """Whether it speaks of the whole commune: in an incomplete list, a row of a part says nothing of the rest."""
    return edition.exhaustive or any(not row.partial for row in rows)


@dataclass(frozen=True, slots=True)
class State:
    """The answer for one scheme, with the edition that gives it and its rows of the commune.

    Not `complete`: the rows speak of a part of the commune, and nothing is known of the rest. `previous` is the last
    ended answer (see `stack`).
    """

    scheme: Scheme
    answer: Answer
    edition: ZoningEdition | None = None
    rows: tuple[ZoningRow, ...] = ()
    complete: bool = False
    previous: "State | None" = None


@dataclass(frozen=True, slots=True)
class Readings:
    """Editions, newest first; communes (primary keys) that each scope holds; rows by edition and commune."""

    editions: list[ZoningEdition]
    held: dict[int, set[int]]
    rows: dict[tuple[int, int], tuple[ZoningRow, ...]]

    def of_scheme(self, scheme: str) -> list[ZoningEdition]:
        return [edition for edition in self.editions if edition.scheme == scheme]

    def first_answer(self, commune: int, editions: Iterable[ZoningEdition]) -> State | None:
        """The rule: the first of `editions` that answers for the commune; those that are silent are passed over."""
        for edition in editions:
            if commune in self.held[edition.scope_id]:
                rows = self.rows.get((edition.pk, commune), ())
                answer = answer_of(edition, rows)
                if answer != Answer.UNKNOWN:
                    return State(Scheme(edition.scheme), answer, edition, rows, tells_all(edition, rows))
        return None


def read(communes: Collection[int], editions: QuerySet[ZoningEdition]) -> Readings:
    """What the editions say of the communes, without the rows that a correction took out.

    The number of queries does not depend on that of editions or communes.
    """
    found = list(editions.order_by("-valid_from", "-pk"))
    held, rows = defaultdict(set), defaultdict(list)
    links = Containment.objects.filter(outer__in={edition.scope_id for edition in found}, inner__in=communes)
    for outer, inner in links.values_list("outer", "inner"):
        held[outer].add(inner)
    named = Zoning.objects.filter(edition__in=found, territory__in=communes, missing_since=None)
    for edition, commune, level, *rest in named.values_list("edition", "territory", *ZoningRow._fields):
        rows[edition, commune].append(ZoningRow(Level(level), *rest))
    by_level = {key: tuple(sorted(some, key=lambda row: _RANKS[row.level])) for key, some in rows.items()}
    return Readings(found, held, by_level)


def states(
    communes: Collection[int], day: date | None = None, schemes: Iterable[str] = ORDER
) -> dict[int, list[State]]:
    """By commune (primary key), its state in each scheme on `day` (default: today), in the order of `schemes`."""
    readings = read(communes, ZoningEdition.objects.at(day).filter(scheme__in=schemes))
    asked = [(readings.of_scheme(scheme), State(Scheme(scheme), Answer.UNKNOWN)) for scheme in schemes]
    return {
        commune: [readings.first_answer(commune, editions) or silence for editions, silence in asked]
        for commune in communes
    }


def stack(commune: int, day: date | None = None) -> list[State]:
    """`states` of one commune, in every scheme; where it is unknown, with the answer that ended last."""
    day = day or timezone.localdate()
    readings = read([commune], ZoningEdition.objects.filter(valid_from__lte=day))
    found = []
    for scheme in ORDER:
        begun = readings.of_scheme(scheme)
        ended = [edition for edition in begun if edition.valid_to is not None and edition.valid_to < day]
        in_force = [edition for edition in begun if edition not in ended]
        ended.sort(key=lambda edition: edition.valid_to, reverse=True)
        found.append(
            readings.first_answer(commune, in_force)
            or State(scheme, Answer.UNKNOWN, previous=readings.first_answer(commune, ended))
        )
    return found
