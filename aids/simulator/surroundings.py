"""Where the person thinks of going, and the communes around it, as the rules see them.

Only the territories that conditions name are read: that is enough for every verdict.
"""

from dataclasses import dataclass
from datetime import date
from math import cos, radians

from aids.eligibility import Sight
from aids.practice_places import place_of, places_of
from aids.reasons import Located
from aids.rules import PracticePlace
from guide.core.kept import kept
from guide.territories.distances import KM_PER_DEGREE
from guide.territories.enums import TerritoryKind
from guide.territories.models import Territory
from guide.territories.places import PlaceRow, place_rows

RADIUS_KM = 30
_LAT_STEP = RADIUS_KM / KM_PER_DEGREE


@dataclass(frozen=True, slots=True)
class Surroundings:
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


def find(commune: str, department: str, version: str) -> Surroundings:
    """The departments, and the place of those codes with the communes around it."""
    departments, communes = kept(version, "region-places", _region)
    if not commune:
        return Surroundings(departments, next((row for row in departments if row.code == department), None))
    chosen = communes.get(commune)
    if chosen is None or chosen.latitude is None:
        return Surroundings(departments, chosen, (chosen,) if chosen else ())
    return Surroundings(departments, chosen, tuple(row for row in communes.values() if _is_near(row, chosen)))


def _region() -> tuple[tuple[PlaceRow, ...], dict[str, PlaceRow]]:
    """Departments, and communes by code."""
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


def place(places: Surroundings, seen: Sight, day: date, version: str) -> tuple[PracticePlace | None, list[Located]]:
    """The chosen place as the engine reads it on `day`, and the located communes around.

    `seen` is what the aids of this content version look at.
    """
    chosen = places.chosen
    if chosen is None:
        return None, []
    if chosen.kind == TerritoryKind.DEPARTMENT:
        return place_of(chosen, day), []
    found = kept(version, f"around:{chosen.pk}:{day}", lambda: places_of(places.communes, day, seen))
    around = [
        Located(found[row.pk], row.latitude, row.longitude) for row in places.communes if row.latitude is not None
    ]
    return found[chosen.pk], around
