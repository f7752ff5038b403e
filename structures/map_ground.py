"""The map's own ground, so that it shows without any third party: contours, names and towns of the region.

Two documents of the same form, cached by content version:

    {"v": 1, "s": units per degree, "box": [west, south, east, north],
     "shapes": {kind: [polygons of each place]},
     "departments": {"c": [codes], "n": [names], "b": [boxes]},
     "towns": {"n": [names], "p": [inhabitants], "lon": [steps], "lat": [steps]}}

Polygons are encoded by `structures.map_steps`; boxes hold degrees; `departments` is empty beside communes. Towns
come from the most populated to the least: the map writes the first names that have room.
"""

from collections.abc import Iterable

from django.conf import settings
from django.db.models import F, Q, QuerySet

from guide.core.content_version import kept
from guide.territories.enums import TerritoryKind
from guide.territories.models import Territory
from guide.territories.projection import union
from structures.map_steps import encode_geometry, encode_numbers

# 1/1000 of a degree is 75 to 111 m, less than a pixel up to zoom 10; 1/5000 does for the communes, drawn from there.
REGION_SCALE = 1_000
COMMUNE_SCALE = 5_000
REGION_TOWNS = 220


def region_ground(version: str) -> dict:
    """Region and departments, with the most populated communes."""
    return kept(version, "map-ground", _read_region)


def department_ground(department: Territory, version: str) -> dict:
    """Communes of one department, all named."""
    return kept(version, f"map-ground:{department.code}", lambda: _read_communes(department))


def _read_region() -> dict:
    live = Territory.objects.live()
    ours = live.filter(Q(kind=TerritoryKind.DEPARTMENT) | Q(kind=TerritoryKind.REGION, code=settings.REGION))
    return _document(_contours(ours), _towns(live)[:REGION_TOWNS], REGION_SCALE)


def _read_communes(department: Territory) -> dict:
    communes = Territory.objects.live().within(department).of_kind(TerritoryKind.COMMUNE)
    return _document(_contours(communes), _towns(communes), COMMUNE_SCALE)


def _contours(territories: QuerySet) -> list[tuple]:
    drawn = territories.filter(contour__isnull=False).order_by("kind", "code")
    return list(drawn.values_list("kind", "code", "name", "bbox", "contour__simplified"))


def _towns(territories: QuerySet) -> QuerySet:
    placed = territories.of_kind(TerritoryKind.COMMUNE).filter(latitude__isnull=False)
    largest = F("population").desc(nulls_last=True)
    return placed.order_by(largest, "pk").values_list("name", "population", "longitude", "latitude")


def _document(contours: list[tuple], towns: Iterable[tuple], scale: int) -> dict:
    shapes: dict[str, list] = {}
    for kind, *_, geometry in contours:
        shapes.setdefault(kind, []).append(encode_geometry(geometry, scale))
    departments = [row for row in contours if row[0] == TerritoryKind.DEPARTMENT]
    names, populations, longitudes, latitudes = [list(column) for column in zip(*towns, strict=True)] or [[]] * 4
    return {
        "v": 1,
        "s": scale,
        "box": union(box for *_, box, _ in contours if box),
        "shapes": shapes,
        "departments": {
            "c": [code for _, code, *_ in departments],
            "n": [name for _, _, name, *_ in departments],
            "b": [box for *_, box, _ in departments],
        },
        "towns": {
            "n": names,
            "p": [population or 0 for population in populations],
            "lon": encode_numbers(longitudes, scale),
            "lat": encode_numbers(latitudes, scale),
        },
    }
