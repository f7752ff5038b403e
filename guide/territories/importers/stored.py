"""What the tables hold of places, read whole once, in the terms of the gazetteer."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field

import shapely

from guide.territories.enums import TerritoryKind
from guide.territories.importers.communes import Commune
from guide.territories.importers.gazetteer import Gazetteer, Key, Origin
from guide.territories.models import Containment, Contour, PostalCode, Territory

# The kinds of places that this importer owns; others (CPTS areas) are never touched.
KINDS = (
    TerritoryKind.COUNTRY,
    TerritoryKind.REGION,
    TerritoryKind.DEPARTMENT,
    TerritoryKind.EPCI,
    TerritoryKind.LIVING_AREA,
    TerritoryKind.COMMUNE,
)


@dataclass(slots=True)
class Stored:
    """Rows by key, and their relations as keys; `keys` maps a primary key to its key."""

    rows: dict[Key, Territory]
    keys: dict[int, Key]
    outers: dict[Key, set[Key]] = field(default_factory=lambda: defaultdict(set))
    neighbours: dict[Key, set[Key]] = field(default_factory=lambda: defaultdict(set))
    postal_codes: dict[Key, set[str]] = field(default_factory=lambda: defaultdict(set))
    contours: dict[Key, Contour] = field(default_factory=dict)


def load() -> Stored:
    """Everything, in five queries."""
    rows = {(row.kind, row.code): row for row in Territory.objects.filter(kind__in=KINDS)}
    stored = Stored(rows, {row.pk: key for key, row in rows.items()})
    keys = stored.keys
    for inner, outer in Containment.objects.values_list("inner", "outer"):
        if inner in keys and outer in keys:
            stored.outers[keys[inner]].add(keys[outer])
    for first, second in Territory.neighbours.through.objects.values_list("from_territory", "to_territory"):
        if first in keys and second in keys:
            stored.neighbours[keys[first]].add(keys[second])
    for commune, code in PostalCode.objects.values_list("commune", "code"):
        stored.postal_codes[keys[commune]].add(code)
    stored.contours = {keys[row.pk]: row for row in Contour.objects.all() if row.pk in keys}
    return stored


def live(stored: Stored, kind: str) -> list[Territory]:
    """Places of one kind that the sources still held at the last import, by code."""
    rows = [row for (of_kind, _), row in stored.rows.items() if of_kind == kind and row.missing_since is None]
    return sorted(rows, key=lambda row: row.code)


def complete(gazetteer: Gazetteer, stored: Stored, delivered: Iterable[str], kept: Iterable[str]) -> None:
    """Fill the gazetteer from the tables where this delivery is silent.

    `delivered` names the files given; `kept` are codes whose row was rejected: what was known of them stays,
    so that a defect in one row makes no hole in a department.
    """
    given, kept = set(delivered), set(kept)
    communes = live(stored, TerritoryKind.COMMUNE)
    known = {commune.code for commune in gazetteer.communes}
    for row in communes:
        if row.code not in known and ("communes" not in given or row.code in kept):
            gazetteer.communes.append(_commune(row, stored, gazetteer.region))
    for row in live(stored, TerritoryKind.EPCI):
        if "epci" not in given or row.code in kept:
            gazetteer.epci_names.setdefault(row.code, row.name)
    for row in communes:
        code = _outer(stored, row, TerritoryKind.LIVING_AREA)
        if code and ("bassins" not in given or row.code in kept):
            gazetteer.living_areas.setdefault(row.code, code)
            gazetteer.living_area_names.setdefault(code, stored.rows[TerritoryKind.LIVING_AREA, code].name)
    for kind in KINDS:
        for row in live(stored, kind)[:1]:
            gazetteer.origins.setdefault(kind, Origin(row.source, row.source_date))


def _commune(row: Territory, stored: Stored, region: str) -> Commune:
    key = (row.kind, row.code)
    return Commune(
        code=row.code,
        name=row.name,
        department=_outer(stored, row, TerritoryKind.DEPARTMENT),
        region=region,
        epci=_outer(stored, row, TerritoryKind.EPCI),
        postal_codes=frozenset(stored.postal_codes[key]),
        population=row.population,
        latitude=row.latitude,
        longitude=row.longitude,
        shape=shapely.from_geojson(stored.contours[key].full),
    )


def _outer(stored: Stored, row: Territory, kind: str) -> str:
    """Code of the place of one kind that holds a commune, "" when there is none."""
    return next((code for of_kind, code in stored.outers[row.kind, row.code] if of_kind == kind), "")
