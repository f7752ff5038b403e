"""What the map draws: structures as compact columns, or clusters where they are too many to be drawn one by one.

Points: {"v": 1, "k": [kind codes], "lon": [...], "lat": [...], "t": [index in "k" of each point]}
Clusters: {"v": 1, "k": [], "lon": [...], "lat": [...], "t": [], "n": [structures in each cluster]}

Positions are whole steps of 1e-5 degree (about 1 m), each given as the difference from the one before, in the
order of a Z curve: neighbours follow each other, so that differences are short and compress well (under 8 bytes a
point with gzip). Names and addresses come on demand from /structures.geojson with a small `bbox`.

More than LIMIT structures (BOX_LIMIT inside a `bbox`, which a moving map asks again and again) are answered as
clusters: counted by commune in the database, then merged in a grid of GRID cells a side, each at the mean position
of its structures' communes. Every structure is counted once; the map asks again with the `bbox` that it shows.
"""

from collections import defaultdict
from collections.abc import Iterable

from django.db.models import Count, QuerySet

from guide.territories.enums import TerritoryKind
from guide.territories.models import Territory
from structures.search import Search

LIMIT = 10_000
BOX_LIMIT = 2_000
GRID = 32
STEPS_PER_DEGREE = 100_000


def drawn(search: Search) -> dict:
    """Columns of a valid search: points, or clusters above the limit. Three queries at most."""
    found = search.unsorted().order_by()
    limit = BOX_LIMIT if "bbox" in search.values else LIMIT
    if found[: limit + 1].count() > limit:
        return clusters(found)
    return points(found.placed())


def points(structures: QuerySet) -> dict:
    """One point for each structure."""
    found = structures.values_list("longitude", "latitude", "kind")
    sorted_points = sorted((*_steps(lon, lat), kind) for lon, lat, kind in found)
    kinds = sorted({kind for *_, kind in sorted_points})
    index = {kind: number for number, kind in enumerate(kinds)}
    return {"v": 1, "k": kinds, **_columns(sorted_points), "t": [index[kind] for *_, kind in sorted_points]}


def clusters(structures: QuerySet) -> dict:
    """Counts by commune, merged by cell of a grid over their extent. Two queries."""
    counts = structures.values_list("commune").annotate(number=Count("*"))
    communes = Territory.objects.of_kind(TerritoryKind.COMMUNE).filter(latitude__isnull=False)
    places = {pk: (lon, lat) for pk, lon, lat in communes.values_list("pk", "longitude", "latitude")}
    cells = merged([(*places[commune], number) for commune, number in counts if commune in places])
    found = sorted((*_steps(longitude, latitude), number) for longitude, latitude, number in cells)
    return {"v": 1, "k": [], **_columns(found), "t": [], "n": [number for *_, number in found]}


def merged(counted: Iterable[tuple[float, float, int]]) -> list[tuple[float, float, int]]:
    """(longitude, latitude, number) by cell of a grid of GRID cells a side, at the mean position. Pure."""
    counted = list(counted)
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


def _steps(longitude: float, latitude: float) -> tuple[int, int, int]:
    """Place on the Z curve, then the position in whole steps."""
    x, y = round(longitude * STEPS_PER_DEGREE), round(latitude * STEPS_PER_DEGREE)
    return _spread(x + 180 * STEPS_PER_DEGREE) | _spread(y + 90 * STEPS_PER_DEGREE) << 1, x, y


def _columns(sorted_points: Iterable[tuple]) -> dict[str, list[int]]:
    longitudes, latitudes, last_x, last_y = [], [], 0, 0
    for _, x, y, _ in sorted_points:
        longitudes.append(x - last_x)
        latitudes.append(y - last_y)
        last_x, last_y = x, y
    return {"lon": longitudes, "lat": latitudes}


def _spread(number: int) -> int:
    """The bits of a number below 2**26 with a zero between each two: half of a Z curve's key."""
    number = (number | number << 16) & 0x0000FFFF0000FFFF
    number = (number | number << 8) & 0x00FF00FF00FF00FF
    number = (number | number << 4) & 0x0F0F0F0F0F0F0F0F
    number = (number | number << 2) & 0x3333333333333333
    return (number | number << 1) & 0x5555555555555555
