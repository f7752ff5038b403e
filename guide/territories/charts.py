"""Dot charts of one figure: a line for the place, its department, its region and France. Server-drawn. Pure.

Units are arbitrary, 360 wide, so that the letters can be read on a phone. Each line has its own shape, its name and
its value in words: nothing depends on colour. The table under the charts says the same.
"""

from collections.abc import Sequence
from typing import NamedTuple

from guide.core.french import NBSP

WIDTH = 360
NAMES, VALUES = 134, 84  # room kept on the left for names, on the right for values
ROW = 22
TOP = 4
BASELINE = 4  # from the middle of a line to the foot of its letters
MAX_NAME = 20
# What a mark looks like, by the kind of the place, as path data from its middle.
SHAPES = {
    "place": "m-6 0a6 6 0 1 0 12 0a6 6 0 1 0-12 0z",
    "department": "m-5-5h10v10h-10z",
    "region": "m0-6.5l6.5 11.5h-13z",
    "country": "m0-6.5l6.5 6.5-6.5 6.5-6.5-6.5z",
}
OWN = "place"


class Point(NamedTuple):
    """One line to draw: which shape, the name of the place, its value, and that value in words with its year."""

    shape: str
    name: str
    value: float
    text: str
    year: str


def is_rate(unit: str) -> bool:
    """Whether figures of places of any size can stand side by side: a rate, a price, a distance; not a count."""
    return unit in ("%", "km", "ans") or "/" in unit or " par " in unit or unit.startswith("pour ")


def draw(key: str, title: str, unit: str, points: Sequence[Point], sources: list[int]) -> dict:
    """The chart of `points`, ready to print by `territories/_chart.html`; its scale holds zero, to compare lengths.

    The first point is that of the place that the page is about: its stem and mark are drawn apart from the others'.
    """
    low = min(0.0, *(point.value for point in points))
    high = max(0.0, *(point.value for point in points))
    span = (high - low) or 1.0
    room = WIDTH - NAMES - VALUES - 16

    def at(value: float) -> float:
        return NAMES + 8 + (value - low) / span * room

    zero = _at(at(0))
    middles = [TOP + ROW // 2 + ROW * rank for rank in range(len(points))]
    drawn = list(zip(points, middles, strict=True))
    stems = [f"M{zero} {y}H{_at(at(point.value))}" for point, y in drawn]
    marks = [f"M{_at(at(point.value))} {y}{SHAPES[point.shape]}" for point, y in drawn]
    said = f"{NBSP}; ".join(f"{point.name}{NBSP}: {point.text} ({point.year})" for point in points)
    return {
        "key": key,
        "title": title,
        "unit": unit,
        "description": f"{said}.",
        "years": ", ".join(dict.fromkeys(point.year for point in points)),
        "sources": sources,
        "width": WIDTH,
        "height": TOP * 2 + ROW * len(points),
        "zero": zero,
        "lines": [(_short(point.name), point.text, str(y + BASELINE)) for point, y in drawn],
        "own_stem": stems[0],
        "own_mark": marks[0],
        "stems": "".join(stems[1:]),
        "marks": "".join(marks[1:]),
    }


def _short(name: str) -> str:
    return name if len(name) <= MAX_NAME else f"{name[: MAX_NAME - 1].rstrip()}…"


def _at(value: float) -> str:
    """One decimal is enough for a drawing; with a point, because a template would print a French comma."""
    return f"{round(value, 1):g}"
