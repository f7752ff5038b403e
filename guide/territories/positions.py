"""Points and boxes in degrees: where server-drawn maps put them, and how far they are from one another. Pure.

Maps are drawn in spherical Mercator (EPSG:3857), in whole units of 10 m, y down. The SQL form of the distance is in
structures/querysets.py.
"""

from collections.abc import Iterable, Sequence
from math import asin, cos, log, pi, radians, sin, sqrt, tan

MAP_RADIUS_M = 6_378_137
UNIT_M = 10
EARTH_RADIUS_KM = 6371.0088  # mean radius, IUGG
KM_PER_DEGREE = 111.195  # of latitude, from the same radius


def project(longitude: float, latitude: float) -> tuple[int, int]:
    """WGS84 degrees to whole map units."""
    x = MAP_RADIUS_M * radians(longitude) / UNIT_M
    y = -MAP_RADIUS_M * log(tan(pi / 4 + radians(latitude) / 2)) / UNIT_M
    return round(x), round(y)


def view_box(bbox: Sequence[float], margin: float = 0.04) -> tuple[int, int, int, int]:
    """(x, y, width, height) of a box [west, south, east, north] in degrees, with a margin as a share of its size."""
    west, north = project(bbox[0], bbox[3])
    east, south = project(bbox[2], bbox[1])
    pad = round(max(east - west, south - north) * margin)
    return west - pad, north - pad, east - west + 2 * pad, south - north + 2 * pad


def union(boxes: Iterable[Sequence[float]]) -> list[float] | None:
    """The box that holds all of them, in degrees; None without any."""
    boxes = list(boxes)
    if not boxes:
        return None
    west, south, east, north = zip(*boxes, strict=True)
    return [min(west), min(south), max(east), max(north)]


def great_circle_km(latitude: float, longitude: float, other_latitude: float, other_longitude: float) -> float:
    """Distance in km between two points given in degrees (haversine)."""
    lat1, lat2 = radians(latitude), radians(other_latitude)
    chord = sin((lat2 - lat1) / 2) ** 2 + cos(lat1) * cos(lat2) * sin(radians(other_longitude - longitude) / 2) ** 2
    return 2 * EARTH_RADIUS_KM * asin(min(1.0, sqrt(chord)))
