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

from collections.abc import Iterable

from django.db.models import Count, QuerySet

from structures.search import Search

LIMIT = 10_000
BOX_LIMIT = 2_000
GRID = 32
STEPS_PER_DEGREE = 100_000


def drawn(search: Search) -> dict:
    """Columns of a valid search: points, or clusters above the limit. Two queries."""
    placed = search.unsorted().placed().order_by()
    limit = BOX_LIMIT if "bbox" in search.values else LIMIT
    if placed[: limit + 1].count() > limit:
        return clusters(placed)
    return points(placed)


def points(structures: QuerySet) -> dict:
    """One point for each structure."""
    found = structures.values_list("longitude", "latitude", "kind")
    sorted_points = sorted((*_steps(lon, lat), kind) for lon, lat, kind in found)
    kinds = sorted({kind for *_, kind in sorted_points})
    index = {kind: number for number, kind in enumerate(kinds)}
    return {"v": 1, "k": kinds, **_columns(sorted_points), "t": [index[kind] for *_, kind in sorted_points]}


def clusters(structures: QuerySet) -> dict:
    """Counts by commune, merged by cell of a grid over their extent."""
    by_commune = list(structures.values_list("commune__longitude", "commune__latitude").annotate(number=Count("*")))
    known = [row for row in by_commune if row[0] is not None]
    longitudes, latitudes = [row[0] for row in known], [row[1] for row in known]
    west, south = min(longitudes), min(latitudes)
    size = max(max(longitudes) - west, max(latitudes) - south, 1e-5) / GRID
    cells: dict[tuple[int, int], list[float]] = {}
    for lon, lat, number in known:
        cell = cells.setdefault((int((lon - west) / size), int((lat - south) / size)), [0, 0, 0])
        cell[0] += lon * number
        cell[1] += lat * number
        cell[2] += number
    merged = sorted((*_steps(lon / number, lat / number), number) for lon, lat, number in cells.values())
    return {"v": 1, "k": [], **_columns(merged), "t": [], "n": [number for *_, number in merged]}


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
