"""Recompute the figures and keep them: read, compute, compare, write. Only the last step writes.

Distances and counts are computed from plain points: structures are taken in the order of latitudes, so that only those
of a band are measured.
"""

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from django.db import transaction
from django.utils import timezone

from guide.core import content_version
from guide.core.enums import Confidence
from guide.core.imports.merge import merge
from guide.territories.enums import Family, TerritoryKind
from guide.territories.models import Containment, Indicator, IndicatorValue, Territory
from guide.territories.positions import KM_PER_DEGREE, great_circle_km
from structures.computed.definitions import CODES, COUNT, DEFINITIONS, RADIUS_KM, ComputedFigure, structures_of
from structures.models import NearestStructure

ORIGIN = "compute_indicators"
BATCH = 1000
EACH_SHEET = "les sources données par chaque fiche"
DEFINED = ("label", "unit", "better", "note", "position")  # what a definition says of its indicator
COMMON = {"decimals": 0, "family": Family.CARE.value}
Key = tuple[str, int]  # code of the figure, primary key of the place
Figures = dict[Key, tuple[float, str]]  # value and source


class Point(NamedTuple):
    """A structure or a town hall: its latitude and longitude in degrees, its primary key."""

    latitude: float
    longitude: float
    pk: int


class Nearest(NamedTuple):
    """The nearest structure and its distance in km."""

    km: float
    pk: int


def nearest(here: Point, points: Sequence[Point]) -> Nearest | None:
    """The nearest of `points`, sorted by latitude; the smallest primary key of equals; None without any."""
    found: Nearest | None = None
    middle = bisect_left(points, (here.latitude,))
    for around in (points[middle:], reversed(points[:middle])):
        for point in around:
            if found and abs(point.latitude - here.latitude) * KM_PER_DEGREE > found.km + 1e-6:
                break  # farther along a meridian than what was found: so are those that follow
            km = great_circle_km(here.latitude, here.longitude, point.latitude, point.longitude)
            found = min(found or Nearest(km, point.pk), Nearest(km, point.pk))
    return found


def count_within(here: Point, points: Sequence[Point], radius_km: float) -> int:
    """How many of `points`, sorted by latitude, lie within `radius_km`, the limit included."""
    band = radius_km / KM_PER_DEGREE * 1.001
    low = bisect_left(points, (here.latitude - band,))
    high = bisect_right(points, (here.latitude + band, 181.0))
    return sum(
        great_circle_km(here.latitude, here.longitude, point.latitude, point.longitude) <= radius_km
        for point in points[low:high]
    )


def weighted_mean(pairs: Iterable[tuple[float, int | None]]) -> float | None:
    """Mean of (value, population); communes without a known population weigh nothing; None without any weight."""
    pairs = [(value, people) for value, people in pairs if people]
    people = sum(weight for _, weight in pairs)
    return sum(value * weight for value, weight in pairs) / people if people else None


@dataclass(slots=True)
class Report:
    """What a run found: figures by what becomes of them, and whether anything was, or would be, written."""

    computed: int = 0
    created: int = 0
    updated: int = 0
    removed: int = 0
    definitions: list[str] = field(default_factory=list)
    links_changed: bool = False

    @property
    def changed(self) -> bool:
        return bool(self.created or self.updated or self.removed or self.definitions or self.links_changed)


def compute_indicators(*, apply: bool) -> Report:
    """Compute every figure of DEFINITIONS; write what differs when `apply`, all or nothing, and raise the version.

    Run again, it changes nothing. Figures of an earlier year give way to those of today: they are a state, not
    a history.
    """
    figures, closest = _compute()
    with transaction.atomic():
        indicators, changed = _definitions()
        create, update, remove = _compare(figures)
        links = NearestStructure.objects.values_list("indicator", "territory", "structure")
        report = Report(
            computed=len(figures),
            created=len(create),
            updated=len(update),
            removed=len(remove),
            definitions=[row.code for row in changed],
            links_changed={(code, place): structure for code, place, structure in links} != closest,
        )
        if apply and report.changed:
            for row in changed:
                row.save()
            IndicatorValue.objects.filter(pk__in=remove).delete()
            IndicatorValue.objects.bulk_create(_made(create, figures, indicators), batch_size=BATCH)
            IndicatorValue.objects.bulk_update(update, ["value", "source"], batch_size=BATCH)
            if report.links_changed:
                _write_links(closest)
            content_version.bump()
    return report


def _compute() -> tuple[Figures, dict[Key, int]]:
    """The figures, and the nearest structure of each commune."""
    live = Territory.objects.live()
    communes = live.of_kind(TerritoryKind.COMMUNE).exclude(latitude=None)
    halls = [Point(*row) for row in communes.values_list("latitude", "longitude", "pk")]
    people = dict(communes.values_list("pk", "population"))
    inside = defaultdict(list)
    wider = live.exclude(kind=TerritoryKind.COMMUNE)
    links = Containment.objects.filter(outer__in=wider, inner__in=communes)
    for outer, inner in links.values_list("outer", "inner"):
        inside[outer].append(inner)
    figures: Figures = {}
    closest = {}
    for definition in DEFINITIONS:
        points, source = _points(definition)
        values = {}
        for hall in halls if points else ():
            if definition is COUNT:
                values[hall.pk] = count_within(hall, points, RADIUS_KM)
            else:
                found = nearest(hall, points)
                values[hall.pk] = round(found.km, 1)
                closest[definition.code, hall.pk] = found.pk
        figures |= {(definition.code, pk): (value, source) for pk, value in values.items()}
        for outer, members in inside.items():
            mean = weighted_mean((values[pk], people[pk]) for pk in members if pk in values)
            if mean is not None:
                figures[definition.code, outer] = round(mean, 1), source
    return figures, closest


def _points(definition: ComputedFigure) -> tuple[list[Point], str]:
    """Positions sorted by latitude, and where they come from."""
    rows = list(structures_of(definition).values_list("latitude", "longitude", "pk", "source"))
    sources = {source for *_, source in rows if source}
    shared = min(sources, key=len, default="")  # "DREES, SAE 2023", before what only some sheets add
    told = shared if shared and all(source.startswith(shared) for source in sources) else EACH_SHEET
    return sorted(Point(*row[:3]) for row in rows), f"Calcul de ce guide, d'après {told}"[:500]


def _definitions() -> tuple[dict[str, Indicator], list[Indicator]]:
    """The indicators by code, and those to save; what an editor changed is kept."""
    stored = {row.code: row for row in Indicator.objects.filter(code__in=CODES)}
    changed = []
    for definition in DEFINITIONS:
        offered = {name: getattr(definition, name) for name in DEFINED} | COMMON
        row = stored.setdefault(definition.code, Indicator(code=definition.code, **offered))
        merged = merge({name: getattr(row, name) for name in offered}, offered, row.provenance, ORIGIN)
        if merged.changes or merged.provenance != row.provenance:
            for name, value in merged.changes.items():
                setattr(row, name, value)
            row.provenance = merged.provenance
            changed.append(row)
    return stored, changed


def _compare(figures: Figures) -> tuple[list[Key], list[IndicatorValue], list[int]]:
    """Figures to create, stored ones to update, primary keys of those to remove."""
    year = timezone.localdate().year
    rows = IndicatorValue.objects.filter(indicator__code__in=CODES).select_related("indicator")
    update, remove, seen = [], [], set()
    for row in rows:
        key = row.indicator.code, row.territory_id
        if row.year != year or row.period or key not in figures:
            remove.append(row.pk)
            continue
        seen.add(key)
        if (row.value, row.source) != figures[key]:
            row.value, row.source = figures[key]
            update.append(row)
    return [key for key in figures if key not in seen], update, remove


def _made(keys: list[Key], figures: Figures, indicators: dict[str, Indicator]) -> list[IndicatorValue]:
    said = {"year": timezone.localdate().year, "confidence": Confidence.MEDIUM}
    made = []
    for code, place in keys:
        value, source = figures[code, place]
        made.append(IndicatorValue(indicator=indicators[code], territory_id=place, value=value, source=source, **said))
    return made


def _write_links(closest: dict[Key, int]) -> None:
    NearestStructure.objects.all().delete()
    rows = (
        NearestStructure(indicator=code, territory_id=place, structure_id=structure)
        for (code, place), structure in closest.items()
    )
    NearestStructure.objects.bulk_create(rows, batch_size=BATCH)
