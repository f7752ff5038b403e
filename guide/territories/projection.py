"""Map projection shared by server-drawn SVG maps: spherical Mercator (EPSG:3857), whole units of 10 m, y down."""

from collections.abc import Iterable, Sequence
from math import log, pi, radians, tan

EARTH_RADIUS_M = 6_378_137
UNIT_M = 10


def project(longitude: float, latitude: float) -> tuple[int, int]:
    """WGS84 degrees to whole map units."""
    x = EARTH_RADIUS_M * radians(longitude) / UNIT_M
    y = -EARTH_RADIUS_M * log(tan(pi / 4 + radians(latitude) / 2)) / UNIT_M
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
