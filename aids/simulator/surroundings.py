"""Where the person thinks of going, and the communes around it, as the rules see them.

Only the territories that conditions name are read: that is enough for every verdict. Places are kept in memory for
a version of the catalogue, because neighbours share most of their surroundings.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from math import cos, radians

from django.db.models import F, FilteredRelation, Q

from aids.near_miss import Located
from aids.places import place_of, states
from aids.signatures import Sight
from aids.situations import Place
from guide.territories.distances import KM_PER_DEGREE
from guide.territories.enums import TerritoryKind
from guide.territories.models import Containment, Territory, ZoningEdition
from guide.territories.place_rows import PlaceRow, place_rows

RADIUS_KM = 30
MAX_REMEMBERED = 4  # days asked for at the same time; a region of 1,754 communes takes about 2 MB a day
_LAT_STEP = RADIUS_KM / KM_PER_DEGREE


@dataclass(frozen=True, slots=True)
class Places:
    """Departments of the region, the chosen commune or department, and the communes around, itself included."""

    departments: tuple[PlaceRow, ...]
    chosen: PlaceRow | None
    communes: tuple[PlaceRow, ...] = ()

    @property
    def department(self) -> PlaceRow | None:
        """The department chosen, or that of the chosen commune."""
        if self.chosen is None or self.chosen.kind == TerritoryKind.DEPARTMENT:
            return self.chosen
        return next((row for row in self.departments if row.pk == self.chosen.parent_id), None)


def find(commune: str, department: str, version: str) -> Places:
    """The departments, and the place of those codes with the communes around it."""
    departments, communes = _region(version)
    if not commune:
        return Places(departments, next((row for row in departments if row.code == department), None))
    chosen = communes.get(commune)
    if chosen is None or chosen.latitude is None:
        return Places(departments, chosen, (chosen,) if chosen else ())
    return Places(departments, chosen, tuple(row for row in communes.values() if _is_near(row, chosen)))


@lru_cache(maxsize=2)
def _region(version: str) -> tuple[tuple[PlaceRow, ...], dict[str, PlaceRow]]:
    """Departments, and communes by code, as they are in a `version` of the catalogue; one query."""
    wanted = Territory.objects.live().filter(kind__in=(TerritoryKind.DEPARTMENT, TerritoryKind.COMMUNE))
    rows = place_rows(wanted.order_by("kind", "code"))
    departments = tuple(row for row in rows if row.kind == TerritoryKind.DEPARTMENT)
    return departments, {row.code: row for row in rows if row.kind == TerritoryKind.COMMUNE}


def _is_near(row: PlaceRow, centre: PlaceRow) -> bool:
    """Whether a commune lies in a box of RADIUS_KM around another, as wide as its own latitude asks."""
    return (
        row.latitude is not None
        and abs(row.latitude - centre.latitude) <= _LAT_STEP
        and abs(row.longitude - centre.longitude) * cos(radians(centre.latitude)) <= _LAT_STEP
    )


def place(places: Places, seen: Sight, day: date, version: str) -> tuple[Place | None, list[Located]]:
    """The chosen place as the engine reads it on `day`, and the located communes around.

    Two queries the first time that a surrounding is asked for in a `version` of the catalogue, none after.
    """
    chosen = places.chosen
    if chosen is None:
        return None, []
    if chosen.kind == TerritoryKind.DEPARTMENT:
        department = Territory(pk=chosen.pk, kind=chosen.kind, code=chosen.code, name=chosen.name)
        return place_of(department, day), []
    found = _remembered(places.communes, seen, day, version)
    around = [
        Located(found[row.pk], row.latitude, row.longitude) for row in places.communes if row.latitude is not None
    ]
    return found[chosen.pk], around


_memory: dict[tuple[str, Sight, date], dict[int, Place]] = {}


def _remembered(rows: Sequence[PlaceRow], seen: Sight, day: date, version: str) -> dict[int, Place]:
    """`of_communes`, kept in memory for the latest versions and days: neighbours share most of their surroundings."""
    known = _memory.get((version, seen, day))
    if known is None:
        while len(_memory) >= MAX_REMEMBERED:
            _memory.pop(next(iter(_memory)), None)
        known = _memory.setdefault((version, seen, day), {})
    unknown = [row for row in rows if row.pk not in known]
    if unknown:
        known |= of_communes(unknown, seen, day)
    return known


def of_communes(rows: Sequence[PlaceRow], seen: Sight, day: date) -> dict[int, Place]:
    """The places of communes already read, by primary key; two queries."""
    keys = [row.pk for row in rows]
    complete, levels = _zonings(keys, seen.schemes, day)
    around, inside = _containments(keys, seen.territories, {scope for _, scope in complete})
    found = {}
    for row in rows:
        territories = frozenset({f"commune:{row.code}", *inside[row.pk]})
        zoned = states(levels[row.pk], complete, around[row.pk])
        found[row.pk] = Place(row.code, row.name, territories, territories, zoned)
    return found


def _zonings(keys: list[int], schemes: Iterable[str], day: date):
    """Exhaustive editions in force as (scheme, scope), and rows (scheme, level, partial, exhaustive) by commune."""
    editions = (
        ZoningEdition.objects.at(day)
        .filter(scheme__in=list(schemes))
        .annotate(row=FilteredRelation("rows", condition=Q(rows__territory__in=keys, rows__missing_since=None)))
        .values_list("scheme", "scope", "exhaustive", "row__territory", "row__level", "row__partial")
    )
    complete: set[tuple[str, int]] = set()
    levels: dict[int, list[tuple[str, str, bool, bool]]] = defaultdict(list)
    for scheme, scope, exhaustive, territory, level, partial in editions:
        if exhaustive:
            complete.add((scheme, scope))
        if territory is not None:
            levels[territory].append((scheme, level, partial, exhaustive))
    return sorted(complete), levels


def _containments(keys: list[int], territories: Iterable[str], scopes: set[int]):
    """By commune: the scopes that hold it (primary keys), and the named territories that hold it ("kind:code")."""
    codes: dict[str, list[str]] = defaultdict(list)
    for territory in territories:
        kind, _, code = territory.partition(":")
        codes[kind].append(code)
    wanted = Q(outer__in=scopes)
    for kind, named in codes.items():
        wanted |= Q(outer__kind=kind, outer__code__in=named)
    links = Containment.objects.filter(wanted, inner__in=keys).annotate(kind=F("outer__kind"), code=F("outer__code"))
    around, inside = defaultdict(list), defaultdict(set)
    for inner, outer, kind, code in links.values_list("inner", "outer", "kind", "code"):
        around[inner].append(outer)
        inside[inner].add(f"{kind}:{code}")
    return around, inside
