"""Dot charts of one figure: a line for the place, its department, its region and France. Server-drawn. Pure.

Units are arbitrary, 360 wide, so that the letters can be read on a phone. Each line has its own shape, its name and
its value in words: nothing depends on colour. The table under the charts says the same.
"""

from collections.abc import Sequence
from typing import NamedTuple

from guide.publishing.french import NBSP

WIDTH = 360
NAMES, VALUES = 118, 84  # room kept on the left for names, on the right for values
ROW = 22
TOP = 4
MAX_NAME = 20
# What a mark looks like, by the kind of the place, as path data around (0, 0).
SHAPES = {
    "place": "M-6 0a6 6 0 1 0 12 0a6 6 0 1 0-12 0z",
    "department": "M-5-5h10v10h-10z",
    "region": "M0-6.5L6.5 5h-13z",
    "country": "M0-6.5L6.5 0L0 6.5L-6.5 0z",
}
OWN = "place"


class Point(NamedTuple):
    """One line to draw: which shape, the name of the place, its value, and that value in words with its year."""

    shape: str
    name: str
    value: float
    text: str
    year: str


class Line(NamedTuple):
    """One line drawn, in chart units; `own` is the place that the page is about."""

    shape: str
    path: str
    name: str
    text: str
    x: str
    y: str
    base: str
    own: bool


class Chart(NamedTuple):
    """A chart ready to print by `territories/_chart.html`; `zero` is where the axis stands."""

    key: str
    title: str
    unit: str
    description: str
    years: str
    sources: list[int]
    width: int
    height: int
    zero: str
    lines: list[Line]


def is_rate(unit: str) -> bool:
    """Whether figures of places of any size can stand side by side: a rate, a price, a distance; not a count."""
    return unit in ("%", "km", "ans") or "/" in unit or " par " in unit or unit.startswith("pour ")


def draw(key: str, title: str, unit: str, points: Sequence[Point], sources: list[int]) -> Chart:
    """The chart of `points`, the place first; the scale holds zero, so that lengths may be compared."""
    low = min(0.0, *(point.value for point in points))
    high = max(0.0, *(point.value for point in points))
    span = (high - low) or 1.0
    room = WIDTH - NAMES - VALUES - 16

    def at(value: float) -> float:
        return NAMES + 8 + (value - low) / span * room

    lines = [
        Line(
            point.shape,
            SHAPES[point.shape],
            point.name if len(point.name) <= MAX_NAME else f"{point.name[: MAX_NAME - 1].rstrip()}…",
            point.text,
            _at(at(point.value)),
            _at(TOP + ROW * (rank + 0.5)),
            _at(at(0)),
            point.shape == OWN,
        )
        for rank, point in enumerate(points)
    ]
    said = f"{NBSP}; ".join(f"{point.name}{NBSP}: {point.text} ({point.year})" for point in points)
    years = ", ".join(dict.fromkeys(point.year for point in points))
    return Chart(key, title, unit, f"{said}.", years, sources, WIDTH, TOP * 2 + ROW * len(points), _at(at(0)), lines)


def _at(value: float) -> str:
    """One decimal is enough for a drawing; with a point, because a template would print a French comma."""
    return f"{round(value, 1):g}"
