"""Geometry of places at import time: coverage, dissolving, simplification, areas, neighbours.

Communes form a coverage: neighbours share the very points of their border. Simplifying the coverage instead
of each shape keeps borders shared, and dissolving the simplified communes keeps them shared between kinds.
"""

from collections.abc import Mapping, Sequence
from math import cos, radians
from typing import Any

import shapely
from pyproj import Transformer
from shapely import Geometry, STRtree
from shapely.errors import ShapelyError
from shapely.geometry import shape as from_mapping

from guide.territories.distances import KM_PER_DEGREE

# Visvalingam tolerances of coverage_simplify, in degrees (square root of the area that a point may add):
# a commune at page width, the Leaflet map, and the whole region at page width.
FINE, MAP, COARSE = 0.002, 0.004, 0.015
FULL_DECIMALS, MAP_DECIMALS = 5, 4
# Holes and islands below this area are slivers left between contours digitised apart, not places.
SLIVER_KM2 = 0.01
# Closing gaps and overlaps between neighbours moves a border by metres; more is another place's contour.
MAX_SHARE = 0.05


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
    return [(a, b) for a, b in neighbours(shapes) if a < b and _common_share(shapes[a], shapes[b]) > MAX_SHARE]


def _common_share(first: Geometry, second: Geometry) -> float:
    return first.intersection(second).area / min(first.area, second.area)


def simplify(shapes: Sequence[Geometry], tolerance: float) -> list[Geometry]:
    """A coverage simplified as a whole: borders that two shapes share stay shared."""
    return list(shapely.coverage_simplify(list(shapes), tolerance))


def dissolve(shapes: Sequence[Geometry]) -> Geometry:
    """The union of some shapes of a coverage, without slivers."""
    union = shapely.coverage_union_all(list(shapes))
    return without_slivers(union if union.is_valid else shapely.union_all(list(shapes)))


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


def bbox(shape: Geometry) -> list[float]:
    """[west, south, east, north] in degrees."""
    return [round(float(bound), FULL_DECIMALS) for bound in shape.bounds]


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
