"""Numbers as the map draws them: whole, each told by its step from the one before, which is short and packs well.

A polygon is a list of rings, a ring is one flat list [x0, y0, dx, dy, dx, dy, …] in `1/scale` of a degree,
longitude first, without the closing vertex. Rounding is the same for two places that share a border, so that
a border which is shared stays shared.
"""

import json
from collections.abc import Iterable, Sequence
from itertools import chain, pairwise

Ring = list[int]
MIN_VERTICES = 3


def steps(numbers: Iterable[int]) -> list[int]:
    """The first number, then what each adds to the one before."""
    return [after - before for before, after in pairwise(chain([0], numbers))]


def encode_numbers(degrees: Iterable[float], scale: int) -> list[int]:
    """A column of coordinates in degrees, as steps of `1/scale` of a degree."""
    return steps(round(value * scale) for value in degrees)


def encode_geometry(geojson: str, scale: int) -> list[list[Ring]]:
    """Polygons of a GeoJSON Polygon or MultiPolygon (as text), in steps of `1/scale` of a degree.

    Rings that vanish at this scale are left out, and a polygon whose outer ring vanishes goes with its holes.
    Raises ValueError for another type of geometry.
    """
    geometry = json.loads(geojson)
    if geometry["type"] not in ("Polygon", "MultiPolygon"):
        raise ValueError(f"cannot draw a {geometry['type']}")
    polygons = [geometry["coordinates"]] if geometry["type"] == "Polygon" else geometry["coordinates"]
    encoded = ([encode_ring(ring, scale) for ring in polygon] for polygon in polygons)
    return [[rings[0], *filter(None, rings[1:])] for rings in encoded if rings and rings[0]]


def encode_ring(ring: Iterable[Sequence[float]], scale: int) -> Ring:
    """One ring of [longitude, latitude] in degrees, as steps; empty when it has no surface left at this scale."""
    vertices: list[tuple[int, int]] = []
    for position in ring:
        vertex = round(position[0] * scale), round(position[1] * scale)
        if not vertices or vertex != vertices[-1]:
            vertices.append(vertex)
    if len(vertices) > 1 and vertices[0] == vertices[-1]:
        vertices.pop()
    if len(set(vertices)) < MIN_VERTICES:
        return []
    longitudes, latitudes = zip(*vertices, strict=True)
    return list(chain.from_iterable(zip(steps(longitudes), steps(latitudes), strict=True)))
