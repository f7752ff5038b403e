"""SVG path data of shapes, in the whole units of `guide.territories.projection`: compact, relative."""

from collections.abc import Iterator, Sequence
from itertools import groupby

import shapely
from shapely import Geometry

from guide.territories.projection import project

Point = tuple[int, int]


def path(shape: Geometry) -> str:
    """Path data of a polygon or multipolygon in degrees: `M x yl dx dy dx dyz`, one subpath for each ring.

    Points are rounded before they are told apart, so that two shapes that share a border share its rounding.
    """
    return "".join(_ring(points) for ring in _rings(shape) if len(points := _points(ring.coords)) > 2)


def _rings(shape: Geometry) -> Iterator[Geometry]:
    for polygon in shapely.get_parts(shape):
        yield polygon.exterior
        yield from polygon.interiors


def _points(coordinates: Sequence[tuple[float, float]]) -> list[Point]:
    """Whole units, without repeated points and without the closing one."""
    points = [point for point, _ in groupby(project(*one) for one in coordinates)]
    return points[:-1] if len(points) > 1 and points[0] == points[-1] else points


def _ring(points: list[Point]) -> str:
    (x, y), *others = points
    text, before = "", (x, y)
    for point in others:
        for delta in (point[0] - before[0], point[1] - before[1]):
            text += f"{delta}" if delta < 0 or not text else f" {delta}"
        before = point
    return f"M{x} {y}l{text}z"
