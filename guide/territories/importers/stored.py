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
KINDS = [kind for kind in TerritoryKind if kind != TerritoryKind.CPTS_AREA]


@dataclass(slots=True)
class Stored:
    """Rows by key, and their relations as keys."""

    rows: dict[Key, Territory] = field(default_factory=dict)
    outers: dict[Key, set[Key]] = field(default_factory=lambda: defaultdict(set))
    neighbours: dict[Key, set[Key]] = field(default_factory=lambda: defaultdict(set))
    postal_codes: dict[Key, set[str]] = field(default_factory=lambda: defaultdict(set))
    contours: dict[Key, Contour] = field(default_factory=dict)

    def live(self, kind: str) -> list[Territory]:
        """Places of one kind that the sources still held at the last import, by code."""
        rows = [row for (of_kind, _), row in self.rows.items() if of_kind == kind and row.missing_since is None]
        return sorted(rows, key=lambda row: row.code)

    def outer(self, inner: Territory, kind: str) -> str:
        """Code of the place of one kind that holds a commune, "" when there is none."""
        return next((code for of_kind, code in self.outers[inner.kind, inner.code] if of_kind == kind), "")


def load() -> Stored:
    """Everything that the tables hold."""
    stored = Stored({(row.kind, row.code): row for row in Territory.objects.filter(kind__in=KINDS)})
    keys = {row.pk: key for key, row in stored.rows.items()}
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


def complete(gazetteer: Gazetteer, stored: Stored, delivered: Iterable[str], kept: Iterable[str]) -> None:
    """Fill the gazetteer from the tables where this delivery is silent.

    `delivered` names the files given; `kept` are codes whose row was rejected: what was known of them stays,
    so that a defect in one row makes no hole in a department.
    """
    given, kept = set(delivered), set(kept)
    communes = stored.live(TerritoryKind.COMMUNE)
    known = {commune.code for commune in gazetteer.communes}
    for row in communes:
        if row.code not in known and ("communes" not in given or row.code in kept):
            gazetteer.communes.append(_commune(row, stored))
    for row in stored.live(TerritoryKind.EPCI):
        if "epci" not in given or row.code in kept:
            gazetteer.epci_names.setdefault(row.code, row.name)
    for row in communes:
        code = stored.outer(row, TerritoryKind.LIVING_AREA)
        if code and ("bassins" not in given or row.code in kept):
            gazetteer.living_areas.setdefault(row.code, code)
            gazetteer.living_area_names.setdefault(code, stored.rows[TerritoryKind.LIVING_AREA, code].name)
    for kind in KINDS:
        for row in stored.live(kind)[:1]:
            gazetteer.origins.setdefault(kind, Origin(row.source, row.source_date))


def _commune(row: Territory, stored: Stored) -> Commune:
    key = (row.kind, row.code)
    return Commune(
        code=row.code,
        name=row.name,
        department=stored.outer(row, TerritoryKind.DEPARTMENT),
        epci=stored.outer(row, TerritoryKind.EPCI),
        postal_codes=frozenset(stored.postal_codes[key]),
        population=row.population,
        latitude=row.latitude,
        longitude=row.longitude,
        shape=shapely.from_geojson(stored.contours[key].full),
    )
