"""Distances and counts from plain points. Pure.

Structures are taken in the order of latitudes, so that only those of a band are measured.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from guide.territories.distances import KM_PER_DEGREE, great_circle_km


class Point(NamedTuple):
    """A structure or a town hall: its latitude and longitude in degrees, its primary key."""

    latitude: float
    longitude: float
    pk: int


class Nearest(NamedTuple):
    """The nearest structure and its distance in km."""

    km: float
    pk: int


def nearest(here: Point, points: Sequence[Point]) -> Nearest | None:
    """The nearest of `points`, sorted by latitude; the smallest primary key of equals; None without any."""
    found: Nearest | None = None
    middle = bisect_left(points, (here.latitude,))
    for around in (points[middle:], reversed(points[:middle])):
        for point in around:
            if found and abs(point.latitude - here.latitude) * KM_PER_DEGREE > found.km + 1e-6:
                break  # farther along a meridian than what was found: so are those that follow
            km = great_circle_km(here.latitude, here.longitude, point.latitude, point.longitude)
            found = min(found or Nearest(km, point.pk), Nearest(km, point.pk))
    return found


def count_within(here: Point, points: Sequence[Point], radius_km: float) -> int:
    """How many of `points`, sorted by latitude, lie within `radius_km`, the limit included."""
    band = radius_km / KM_PER_DEGREE * 1.001
    low = bisect_left(points, (here.latitude - band,))
    high = bisect_right(points, (here.latitude + band, 181.0))
    return sum(
        great_circle_km(here.latitude, here.longitude, point.latitude, point.longitude) <= radius_km
        for point in points[low:high]
    )


def weighted_mean(pairs: Iterable[tuple[float, int | None]]) -> float | None:
    """Mean of (value, population); communes without a known population weigh nothing; None without any weight."""
    pairs = [(value, people) for value, people in pairs if people]
    people = sum(weight for _, weight in pairs)
    return sum(value * weight for value, weight in pairs) / people if people else None
