"""Shapes of places at import time: coverage, areas, neighbours, outlines made from those of communes, SVG paths.

Communes form a coverage: neighbours share the very points of their border. Simplifying the coverage instead
of each shape keeps borders shared, and dissolving the simplified communes keeps them shared between kinds.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from math import cos, radians
from typing import Any

import shapely
from pyproj import Transformer
from shapely import Geometry, STRtree
from shapely.errors import ShapelyError
from shapely.geometry import shape as from_mapping

from guide.territories.positions import KM_PER_DEGREE, project

# Visvalingam tolerances of coverage_simplify, in degrees (square root of the area that a point may add):
# a commune at page width, the Leaflet map, and the whole region at page width.
FINE, MAP, COARSE = 0.002, 0.004, 0.015
FULL_DECIMALS, MAP_DECIMALS = 5, 4
# Holes and islands below this area are slivers left between contours digitised apart, not places.
SLIVER_KM2 = 0.01
# Closing gaps and overlaps between neighbours moves a border by metres; more is another place's contour.
MAX_SHARE = 0.05
Key = tuple[str, str]  # kind and official code of a place


class BadGeometry(ValueError):
    """A contour that cannot be used; the message says why, in French."""


def parse(geometry: Any) -> Geometry:
    """A GeoJSON polygon or multipolygon as a valid shape; raise BadGeometry otherwise."""
    if not isinstance(geometry, Mapping) or geometry.get("type") not in ("Polygon", "MultiPolygon"):
        raise BadGeometry("contour absent, ou qui n'est ni Polygon ni MultiPolygon")
    try:
        shape = from_mapping(geometry)
    except (ShapelyError, ValueError, TypeError, IndexError, KeyError, AttributeError) as error:
        raise BadGeometry("coordonnées du contour illisibles") from error
    if shape.is_empty or not shape.is_valid:
        raise BadGeometry(f"contour invalide ({shapely.is_valid_reason(shape)})")
    return shape


def coverage(shapes: Sequence[Geometry]) -> list[Geometry]:
    """The same shapes with exactly shared borders: small gaps and overlaps are closed, slivers dropped.

    A shape that would lose a real part of itself stays as it was.
    """
    shapes = list(shapes)
    if shapely.coverage_is_valid(shapes):
        return shapes
    pairs = zip(shapes, shapely.coverage_clean(shapes), strict=True)
    return [without_slivers(clean) if clean.area > shape.area * (1 - MAX_SHARE) else shape for shape, clean in pairs]


def overlaps(shapes: Sequence[Geometry]) -> list[tuple[int, int]]:
    """Pairs of positions of the shapes that cover one another by more than a digitising gap: a wrong contour."""
    shapes = list(shapes)
    if shapely.coverage_is_valid(shapes):
        return []
    pairs = [(a, b, shapes[a].intersection(shapes[b]).area) for a, b in neighbours(shapes) if a < b]
    return [(a, b) for a, b, common in pairs if common > MAX_SHARE * min(shapes[a].area, shapes[b].area)]


def without_slivers(shape: Geometry) -> Geometry:
    """A shape without the holes and the parts that are too small to be real; the largest part always stays."""
    polygons = [_without_small_holes(polygon) for polygon in shapely.get_parts(shape)]
    if len(polygons) == 1:
        return polygons[0]
    largest = max(polygons, key=lambda polygon: polygon.area)
    kept = [polygon for polygon in polygons if polygon is largest or not _is_sliver(polygon)]
    return kept[0] if len(kept) == 1 else shapely.multipolygons(kept)


def _without_small_holes(polygon: Geometry) -> Geometry:
    holes = [ring for ring in polygon.interiors if not _is_sliver(shapely.polygons(ring))]
    return polygon if len(holes) == len(polygon.interiors) else shapely.polygons(polygon.exterior, holes)


def _is_sliver(polygon: Geometry) -> bool:
    """By the area of a sphere near the polygon: good to a few per cent, enough to tell a sliver from a place."""
    _, south, _, north = polygon.bounds
    return polygon.area * KM_PER_DEGREE**2 * cos(radians((south + north) / 2)) < SLIVER_KM2


def areas_km2(shapes: Sequence[Geometry]) -> list[float]:
    """Areas of shapes in degrees, by a Lambert azimuthal equal-area projection centred on them."""
    west, south, east, north = shapely.total_bounds(list(shapes))
    crs = f"+proj=laea +lat_0={(south + north) / 2} +lon_0={(west + east) / 2} +datum=WGS84 +units=m"
    flatten = Transformer.from_crs("EPSG:4326", crs, always_xy=True).transform
    return [float(area) / 1e6 for area in shapely.area(shapely.transform(list(shapes), flatten, interleaved=False))]


def geojson(shape: Geometry, decimals: int = FULL_DECIMALS) -> str:
    """A compact GeoJSON geometry. Points are rounded and not moved otherwise, so that shared borders stay shared."""
    return shapely.to_geojson(shapely.transform(shape, lambda coordinates: coordinates.round(decimals)))


def inner_point(shape: Geometry) -> tuple[float, float]:
    """(latitude, longitude) of a point that lies inside: the centroid where it does, else another one."""
    point = shape.centroid if shape.contains(shape.centroid) else shape.representative_point()
    return round(point.y, FULL_DECIMALS), round(point.x, FULL_DECIMALS)


def holes(shape: Geometry) -> list[Geometry]:
    """The holes of a shape, as shapes."""
    return [shapely.polygons(ring) for polygon in shapely.get_parts(shape) for ring in polygon.interiors]


def neighbours(shapes: Sequence[Geometry]) -> list[tuple[int, int]]:
    """Pairs of positions (both ways) of the shapes that share an edge or a point."""
    shapes = list(shapes)
    first, second = STRtree(shapes).query(shapes, predicate="intersects")
    return [(int(a), int(b)) for a, b in zip(first, second, strict=True) if a != b]


def touch_outline(shapes: Sequence[Geometry], whole: Geometry) -> list[bool]:
    """For each shape, whether it reaches the outline of the whole that it is a part of."""
    outline = whole.boundary
    shapely.prepare(outline)
    return [bool(touch) for touch in shapely.intersects(outline, [shape.boundary for shape in shapes])]


def path(shape: Geometry) -> str:
    """Path data of a polygon or multipolygon in degrees: `M x yl dx dy dx dyz`, one subpath for each ring.

    Points are rounded before they are told apart, so that two shapes that share a border share its rounding.
    """
    return "".join(_ring(points) for ring in _rings(shape) if len(points := _points(ring.coords)) > 2)


def _rings(shape: Geometry) -> Iterator[Geometry]:
    for polygon in shapely.get_parts(shape):
        yield polygon.exterior
        yield from polygon.interiors


def _points(coordinates: Sequence[tuple[float, float]]) -> list[tuple[int, int]]:
    """Whole units, without repeated points and without the closing one."""
    points = [point for point, _ in groupby(project(*one) for one in coordinates)]
    return points[:-1] if len(points) > 1 and points[0] == points[-1] else points


def _ring(points: list[tuple[int, int]]) -> str:
    (x, y), *others = points
    text, before = "", (x, y)
    for point in others:
        for delta in (point[0] - before[0], point[1] - before[1]):
            text += f"{delta}" if delta < 0 or not text else f" {delta}"
        before = point
    return f"M{x} {y}l{text}z"


@dataclass(frozen=True, slots=True)
class Outline:
    """A place drawn: its exact shape, and what the tables hold of it."""

    shape: Geometry
    area_km2: float
    bbox: list[float]
    inner_point: tuple[float, float]
    full: str
    simplified: str
    path_fine: str
    path_coarse: str


def outlines(shapes: Sequence[Geometry], members: Mapping[Key, Sequence[int]]) -> dict[Key, Outline]:
    """Outlines of places, each made of the shapes at some positions of one coverage.

    Every degree of simplification is that of the whole coverage, dissolved afterwards: the border between two
    departments is drawn by the same points as the communes on either side of it.
    """
    exact = coverage(shapes)
    degrees = [exact, *(list(shapely.coverage_simplify(exact, tolerance)) for tolerance in (MAP, FINE, COARSE))]
    drawn = {key: [_dissolved(degree, positions) for degree in degrees] for key, positions in members.items()}
    areas = areas_km2([shapes[0] for shapes in drawn.values()])
    return {key: _outline(*drawn[key], area) for key, area in zip(drawn, areas, strict=True)}


def _dissolved(shapes: Sequence[Geometry], positions: Sequence[int]) -> Geometry:
    """The union of some shapes of a coverage, without slivers."""
    if len(positions) == 1:
        return shapes[positions[0]]
    parts = [shapes[position] for position in positions]
    union = shapely.coverage_union_all(parts)
    return without_slivers(union if union.is_valid else shapely.union_all(parts))


def _outline(full: Geometry, on_map: Geometry, fine: Geometry, coarse: Geometry, area: float) -> Outline:
    return Outline(
        shape=full,
        area_km2=round(area, 2),
        bbox=[round(float(bound), FULL_DECIMALS) for bound in full.bounds],
        inner_point=inner_point(full),
        full=geojson(full),
        simplified=geojson(on_map, MAP_DECIMALS),
        path_fine=path(fine),
        path_coarse=path(coarse),
    )
