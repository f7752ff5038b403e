"""The timeline as a small drawing: a stacked bar of money for each year, a line for each duty. Pure.

Units are arbitrary, 360 wide, so that the letters can be read on a phone. The table beside it says the same.
"""

from collections import defaultdict
from collections.abc import Mapping
from typing import NamedTuple

from aids.timeline import Duty, Timeline
from aids.vocabulary import Mark, Taxation
from guide.core.french import number

WIDTH = 360
TOP, BARS, AXIS = 16, 96, 18
ROW = 22
YEAR = 12
TONES = {Taxation.GROSS: "gross", Taxation.NET: "net", Taxation.UNKNOWN: "unsaid"}
LEGENDS = {"gross": "brut", "net": "net", "unsaid": "brut ou net non précisé"}


class Bar(NamedTuple):
    """A piece of a bar; `tone` tells gross from net, `is_half` money that only a third party states."""

    x: str
    y: str
    width: str
    height: str
    tone: str
    is_half: bool


class Text(NamedTuple):
    """Words at a point."""

    x: str
    y: str
    text: str


class Span(NamedTuple):
    """A duty from x to x2; `is_open` when its end is not known."""

    x: str
    x2: str
    y: str
    label: Text
    is_open: bool


class Chart(NamedTuple):
    """A drawing ready to print. `legend` are (tone, words)."""

    width: int
    height: int
    axis: int
    bars: list[Bar]
    sums: list[Text]
    years: list[Text]
    duties: list[Span]
    legend: list[tuple[str, str]]
    has_half: bool


def draw(line: Timeline, months: int, names: Mapping[str, str]) -> Chart:
    """The first `months` (whole years) of a timeline. Bars are as high as what may be reached at most."""
    years = months // YEAR
    step = WIDTH / years
    pieces = _pieces(line, years)
    tallest = max((sum(piece.values()) for piece in pieces), default=0) or 1
    bars, sums = [], []
    for year, piece in enumerate(pieces):
        y = TOP + BARS
        for (tone, half), value in sorted(piece.items()):
            height = float(value / tallest) * BARS
            y -= height
            bars.append(Bar(_at(year * step + step * 0.18), _at(y), _at(step * 0.64), _at(height), tone, half))
        if piece:
            sums.append(Text(_at((year + 0.5) * step), _at(y - 4), number(sum(piece.values()))))
    dated = [one for one in line.duties if one.start is not None and one.start < months]
    duties = [_span(one, rank, step / YEAR, months, names) for rank, one in enumerate(dated)]
    tones = dict.fromkeys(bar.tone for bar in bars)
    return Chart(
        WIDTH,
        TOP + BARS + AXIS + ROW * len(duties) + 4,
        TOP + BARS,
        bars,
        sums,
        [Text(_at((year + 0.5) * step), _at(TOP + BARS + 13), f"an {year + 1}") for year in range(years)],
        duties,
        [(tone, LEGENDS[tone]) for tone in tones],
        any(bar.is_half for bar in bars),
    )


def _pieces(line: Timeline, years: int) -> list[dict]:
    found = [defaultdict(int) for _ in range(years)]
    for payment in line.payments:
        if payment.month < years * YEAR:
            found[payment.month // YEAR][TONES[payment.taxation], payment.mark != Mark.CONFIRMED] += payment.euros.high
    return found


def _span(one: Duty, rank: int, month: float, months: int, names: Mapping[str, str]) -> Span:
    y = TOP + BARS + AXIS + ROW * rank + 16
    end = months if one.end is None else min(one.end, months)
    x = one.start * month
    name = names[one.code]
    label = Text(_at(min(x, WIDTH * 0.45)), _at(y - 5), name if len(name) <= 48 else f"{name[:47]}…")
    return Span(_at(x), _at(max(end * month, x + 2)), _at(y), label, one.end is None)


def _at(value: float) -> str:
    """One decimal is enough for a drawing; with a point, because a template would print a French comma."""
    return f"{round(value, 1):g}"
