"""What the map draws: structures as compact columns, or clusters where they are too many to be drawn one by one.

Points: {"v": 1, "k": [kind codes], "lon": [...], "lat": [...], "t": [index in "k" of each point]}
Clusters: {"v": 1, "k": [], "lon": [...], "lat": [...], "t": [], "n": [structures in each cluster]}

Positions are whole steps of 1e-5 degree (about 1 m), each given as the difference from the one before. They are
sorted by strips of longitude, then from south to north: neighbours follow each other, so that differences are short
and compress well (under 8 bytes a point with gzip). Names and addresses come on demand, from /structures.geojson
with a small `bbox`.

More than LIMIT structures (BOX_LIMIT inside a `bbox`, which a moving map asks again and again) are answered as
clusters: counted by commune in the database, then merged in a grid of GRID cells a side, each at the mean position
of its structures' communes. Every structure is counted once, even without a position of its own; the map asks again
with the `bbox` that it shows.
"""

from collections import defaultdict
from collections.abc import Iterable
from math import sqrt

from django.db.models import Count, QuerySet

from guide.territories.enums import TerritoryKind
from guide.territories.models import Territory
from structures.map_steps import steps
from structures.search import StructureSearch

LIMIT = 10_000
BOX_LIMIT = 1_000
GRID = 32
STEPS_PER_DEGREE = 100_000


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
