"""How the communes of a wider place are classed, edition by edition; what an edition does not say is counted too."""

from collections import Counter
from dataclasses import dataclass
from datetime import date

from guide.territories.enums import Level, Scheme, TerritoryKind
from guide.territories.models import Containment, ZoningEdition
from guide.territories.zonings import ORDER, Answer, Readings, answer_of, read


@dataclass(frozen=True, slots=True)
class EditionCount:
    """Communes of a place in one edition: by level, outside, unknown. A commune may have two partial levels."""

    edition: ZoningEdition
    levels: tuple[tuple[Level, int], ...]
    partial: int
    outside: int
    unknown: int


def count(territory_id: int, day: date | None = None) -> dict[Scheme, list[EditionCount]]:
    """Editions in force on `day` (default: today) that speak of the place, by scheme.

    A scheme without edition has an empty list: unknown.
    """
    inside = Containment.objects.filter(
        outer=territory_id, inner__kind=TerritoryKind.COMMUNE, inner__missing_since=None
    )
    communes = list(inside.values_list("inner", flat=True))
    readings = read(communes, ZoningEdition.objects.at(day))
    return {
        scheme: [
            _count(edition, communes, readings)
            for edition in readings.of_scheme(scheme)
            if readings.held[edition.scope_id]
        ]
        for scheme in ORDER
    }


def _count(edition: ZoningEdition, communes: list[int], readings: Readings) -> EditionCount:
    held = readings.held[edition.scope_id]
    rows = [readings.rows.get((edition.pk, commune), ()) for commune in held]
    answers = Counter(answer_of(edition, some) for some in rows)
    by_level = Counter(row.level for some in rows for row in some if row.level != Level.HZ)
    return EditionCount(
        edition,
        levels=tuple((level, by_level[level]) for level in Level if by_level[level]),
        partial=sum(any(row.partial and row.level != Level.HZ for row in some) for some in rows),
        outside=answers[Answer.OUTSIDE],
        unknown=answers[Answer.UNKNOWN] + len(communes) - len(held),
    )
