"""The shapes of places made from those of their communes."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from shapely import Geometry

from guide.territories import geometry
from guide.territories.svg_paths import path

Key = tuple[str, str]  # kind and official code of a place


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
    exact = geometry.coverage(shapes)
    degrees = [exact, *(geometry.simplify(exact, t) for t in (geometry.MAP, geometry.FINE, geometry.COARSE))]
    drawn = {key: [_dissolved(degree, positions) for degree in degrees] for key, positions in members.items()}
    areas = geometry.areas_km2([shapes[0] for shapes in drawn.values()])
    return {key: _outline(*drawn[key], area) for key, area in zip(drawn, areas, strict=True)}


def _dissolved(shapes: Sequence[Geometry], positions: Sequence[int]) -> Geometry:
    return shapes[positions[0]] if len(positions) == 1 else geometry.dissolve([shapes[p] for p in positions])


def _outline(full: Geometry, on_map: Geometry, fine: Geometry, coarse: Geometry, area: float) -> Outline:
    return Outline(
        shape=full,
        area_km2=round(area, 2),
        bbox=geometry.bbox(full),
        inner_point=geometry.inner_point(full),
        full=geometry.geojson(full),
        simplified=geometry.geojson(on_map, geometry.MAP_DECIMALS),
        path_fine=path(fine),
        path_coarse=path(coarse),
    )
