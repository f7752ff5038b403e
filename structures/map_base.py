"""The map's own ground, so that it shows without any third party: contours, names and towns of the region.

Two documents of the same form, cached by content version:

    {"v": 1, "s": units per degree, "box": [west, south, east, north],
     "places": {"c": [codes], "n": [names], "k": [kind], "b": [boxes], "r": [polygons]},
     "towns": {"n": [names], "p": [inhabitants], "lon": [steps], "lat": [steps]}}

`r` is encoded by `structures.map_rings`, `b` holds [west, south, east, north] in degrees. Towns come from the
most populated to the least: the map writes the first names that have room.
"""

from collections.abc import Iterable

from django.conf import settings
from django.core.cache import cache
from django.db.models import F

from guide.publishing import content_version
from guide.territories.enums import TerritoryKind
from guide.territories.models import Contour, Territory
from structures.map_rings import encode_geometry, encode_numbers

# 1/1000 of a degree is 75 to 111 m: less than a pixel up to zoom 10, from which the communes are drawn at 1/10000.
REGION_SCALE = 1_000
COMMUNE_SCALE = 10_000
REGION_TOWNS = 220
CACHE_SECONDS = 24 * 3600


def region_ground() -> dict:
    """Region and departments, with the most populated communes; two queries when it is not cached."""
    return _cached("region", _read_region)


def department_ground(department: Territory) -> dict:
    """Communes of one department, all named; two queries when it is not cached."""
    return _cached(f"communes-{department.code}", lambda: _read_communes(department))


def _cached(name: str, read) -> dict:
    key = f"map-ground-{name}-{content_version.current()}"
    return cache.get_or_set(key, read, CACHE_SECONDS)


def _read_region() -> dict:
    kinds = (TerritoryKind.REGION, TerritoryKind.DEPARTMENT)
    places = Contour.objects.filter(territory__in=Territory.objects.live().filter(kind__in=kinds))
    region = [row for row in _contours(places) if _belongs_to_region(row)]
    return _document(region, _towns(Territory.objects.live())[:REGION_TOWNS], REGION_SCALE)


def _read_communes(department: Territory) -> dict:
    communes = Territory.objects.live().within(department).of_kind(TerritoryKind.COMMUNE)
    return _document(_contours(Contour.objects.filter(territory__in=communes)), _towns(communes), COMMUNE_SCALE)


def _belongs_to_region(row: dict) -> bool:
    return row["territory__kind"] != TerritoryKind.REGION or row["territory__code"] == settings.REGION


def _contours(contours) -> Iterable[dict]:
    columns = ("territory__kind", "territory__code", "territory__name", "territory__bbox", "simplified")
    return list(contours.order_by("territory__kind", "territory__code").values(*columns))


def _towns(territories) -> Iterable[tuple]:
    placed = territories.of_kind(TerritoryKind.COMMUNE).filter(latitude__isnull=False)
    largest = F("population").desc(nulls_last=True)
    return placed.order_by(largest, "pk").values_list("name", "population", "longitude", "latitude")


def _document(contours: Iterable[dict], towns: Iterable[tuple], scale: int) -> dict:
    towns = list(towns)
    boxes = [row["territory__bbox"] for row in contours]
    return {
        "v": 1,
        "s": scale,
        "box": _union(boxes),
        "places": {
            "c": [row["territory__code"] for row in contours],
            "n": [row["territory__name"] for row in contours],
            "k": [row["territory__kind"] for row in contours],
            "b": boxes,
            "r": [encode_geometry(row["simplified"], scale) for row in contours],
        },
        "towns": {
            "n": [name for name, *_ in towns],
            "p": [population or 0 for _, population, *_ in towns],
            "lon": encode_numbers((town[2] for town in towns), scale),
            "lat": encode_numbers((town[3] for town in towns), scale),
        },
    }


def _union(boxes: Iterable[list[float] | None]) -> list[float] | None:
    known = [box for box in boxes if box]
    if not known:
        return None
    west, south, east, north = zip(*known, strict=True)
    return [min(west), min(south), max(east), max(north)]
