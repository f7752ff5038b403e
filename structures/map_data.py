"""What the map draws: structures as compact columns, and its own ground, so that it shows without any third party.

Points: {"v": 1, "k": [kind codes], "lon": [...], "lat": [...], "t": [index in "k" of each point]}
Clusters: {"v": 1, "k": [], "lon": [...], "lat": [...], "t": [], "n": [structures in each cluster]}
Ground: {"v": 1, "s": units per degree, "box": [west, south, east, north],
         "shapes": {kind: [polygons of each place]},
         "departments": {"c": [codes], "n": [names], "b": [boxes]},
         "towns": {"n": [names], "p": [inhabitants], "lon": [steps], "lat": [steps]}}

Numbers are whole, each told by its step from the one before, which is short and packs well. A polygon is a list of
rings, a ring is one flat list [x0, y0, dx, dy, dx, dy, …] in `1/scale` of a degree, longitude first, without the
closing vertex. Rounding is the same for two places that share a border, so that a border which is shared stays shared.

Positions of structures are in steps of 1e-5 degree (about 1 m), sorted by strips of longitude, then from south to
north: neighbours follow each other, so that differences are short and compress well (under 8 bytes a point with gzip).
Names and addresses come on demand, from /structures.geojson with a small `bbox`.

More than LIMIT structures (BOX_LIMIT inside a `bbox`, which a moving map asks again and again) are answered as
clusters: counted by commune in the database, then merged in a grid of GRID cells a side, each at the mean position
of its structures' communes. Every structure is counted once, even without a position of its own; the map asks again
with the `bbox` that it shows.

The ground is cached by content version; its boxes hold degrees; `departments` is empty beside communes. Towns come
from the most populated to the least: the map writes the first names that have room.
"""

import json
from collections import defaultdict
from collections.abc import Iterable, Sequence
from itertools import chain, pairwise
from math import sqrt

from django.conf import settings
from django.db.models import Count, F, Q, QuerySet

from guide.core.content_version import kept
from guide.territories.enums import TerritoryKind
from guide.territories.models import Territory
from guide.territories.positions import union
from structures.search import StructureSearch

Ring = list[int]
MIN_VERTICES = 3
LIMIT = 10_000
BOX_LIMIT = 1_000
GRID = 32
STEPS_PER_DEGREE = 100_000
# 1/1000 of a degree is 75 to 111 m, less than a pixel up to zoom 10; 1/5000 does for the communes, drawn from there.
REGION_SCALE = 1_000
COMMUNE_SCALE = 5_000
REGION_TOWNS = 220


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


def drawn(search: StructureSearch) -> dict:
    """Columns of a valid search: points, or clusters above the limit."""
    found = search.unsorted().order_by()
    limit = BOX_LIMIT if "bbox" in search.values else LIMIT
    if found[: limit + 1].count() > limit:
        return clusters(found)
    return points(found.placed())


def points(structures: QuerySet) -> dict:
    """One point for each structure."""
    found = list(structures.values_list("longitude", "latitude", "kind"))
    kinds = sorted({kind for *_, kind in found})
    index = {kind: number for number, kind in enumerate(kinds)}
    columns, of_points = _columns((longitude, latitude, index[kind]) for longitude, latitude, kind in found)
    return {"v": 1, "k": kinds, **columns, "t": of_points}


def clusters(structures: QuerySet) -> dict:
    """Counts by commune, merged by cell of a grid over their extent."""
    counts = structures.values_list("commune").annotate(number=Count("*"))
    communes = Territory.objects.of_kind(TerritoryKind.COMMUNE).filter(latitude__isnull=False)
    places = {pk: (lon, lat) for pk, lon, lat in communes.values_list("pk", "longitude", "latitude")}
    cells = merged([(*places[commune], number) for commune, number in counts if commune in places])
    columns, numbers = _columns(cells)
    return {"v": 1, "k": [], **columns, "t": [], "n": numbers}


def merged(counted: Iterable[tuple[float, float, int]]) -> list[tuple[float, float, int]]:
    """(longitude, latitude, number) by cell of a grid of GRID cells a side, at the mean position. Pure."""
    counted = list(counted)
    if not counted:
        return []
    west, south = min(row[0] for row in counted), min(row[1] for row in counted)
    east, north = max(row[0] for row in counted), max(row[1] for row in counted)
    size = max(east - west, north - south) / GRID or 1
    cells = defaultdict(list)
    for row in counted:
        cells[int((row[0] - west) / size), int((row[1] - south) / size)].append(row)
    return [_mean(rows) for rows in cells.values()]


def _mean(rows: list[tuple[float, float, int]]) -> tuple[float, float, int]:
    total = sum(number for *_, number in rows)
    longitude = sum(longitude * number for longitude, _, number in rows) / total
    return longitude, sum(latitude * number for _, latitude, number in rows) / total, total


def _columns(placed: Iterable[tuple[float, float, int]]) -> tuple[dict[str, list[int]], list[int]]:
    """Differences of the positions in the order of the strips, and the third values in that order."""
    scale = STEPS_PER_DEGREE
    found = [(round(longitude * scale), round(latitude * scale), value) for longitude, latitude, value in placed]
    if not found:
        return {"lon": [], "lat": []}, []
    extent = max(x for x, *_ in found) - min(x for x, *_ in found)
    width = max(1, round(extent / sqrt(len(found))))
    found.sort(key=lambda point: (point[0] // width, point[1], point))
    longitudes, latitudes, values = zip(*found, strict=True)
    return {"lon": steps(longitudes), "lat": steps(latitudes)}, list(values)


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
