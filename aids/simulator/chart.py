"""The timeline as a small drawing: a stacked bar of money for each year, a line for each duty. Pure.

Units are arbitrary, 360 wide, so that the letters can be read on a phone. The table beside it says the same.
"""

from collections import defaultdict
from collections.abc import Mapping
from typing import Any

from aids.sums import Duty, Timeline
from aids.vocabulary import Mark, Taxation
from guide.core.french import number

WIDTH = 360
TOP, BARS, AXIS = 16, 96, 18
ROW = 22
YEAR = 12
TONES = {Taxation.GROSS: "gross", Taxation.NET: "net", Taxation.UNKNOWN: "unsaid"}
LEGENDS = {"gross": "brut", "net": "net", "unsaid": "brut ou net non précisé"}


def draw(line: Timeline, months: int, names: Mapping[str, str]) -> dict[str, Any]:
    """The first `months` (whole years) of a timeline, for aids/_timeline.html. Bars are as high as what may be
    reached at most; `is_half`: money that only a third party states; `legend`: tones with their words.
    """
    years = months // YEAR
    step = WIDTH / years
    pieces = _pieces(line, years)
    tallest = max((sum(piece.values()) for piece in pieces), default=0) or 1
    bars, sums = [], []
    for year, piece in enumerate(pieces):
        y = TOP + BARS
        for (tone, is_half), value in sorted(piece.items()):
            height = float(value / tallest) * BARS
            y -= height
            x, width = year * step + step * 0.18, step * 0.64
            bars.append(
                {
                    "x": _at(x),
                    "y": _at(y),
                    "width": _at(width),
                    "height": _at(height),
                    "tone": tone,
                    "is_half": is_half,
                }
            )
        if piece:
            sums.append(_text((year + 0.5) * step, y - 4, number(sum(piece.values()))))
    dated = [one for one in line.duties if one.start is not None and one.start < months]
    return {
        "width": WIDTH,
        "height": TOP + BARS + AXIS + ROW * len(dated) + 4,
        "axis": TOP + BARS,
        "bars": bars,
        "sums": sums,
        "years": [_text((year + 0.5) * step, TOP + BARS + 13, f"an {year + 1}") for year in range(years)],
        "duties": [_span(one, rank, step / YEAR, months, names) for rank, one in enumerate(dated)],
        "legend": [(tone, LEGENDS[tone]) for tone in dict.fromkeys(bar["tone"] for bar in bars)],
        "has_half": any(bar["is_half"] for bar in bars),
    }


def _pieces(line: Timeline, years: int) -> list[dict]:
    found = [defaultdict(int) for _ in range(years)]
    for payment in line.payments:
        if payment.month < years * YEAR:
            found[payment.month // YEAR][TONES[payment.taxation], payment.mark != Mark.CONFIRMED] += payment.euros.high
    return found


def _span(one: Duty, rank: int, month: float, months: int, names: Mapping[str, str]) -> dict[str, Any]:
    """A duty from x to x2; `is_open` when its end is not known."""
    y = TOP + BARS + AXIS + ROW * rank + 16
    end = months if one.end is None else min(one.end, months)
    x = one.start * month
    name = names[one.code]
    return {
        "x": _at(x),
        "x2": _at(max(end * month, x + 2)),
        "y": _at(y),
        "label": _text(min(x, WIDTH * 0.45), y - 5, name if len(name) <= 48 else f"{name[:47]}…"),
        "is_open": one.end is None,
    }


def _text(x: float, y: float, text: str) -> dict[str, str]:
    return {"x": _at(x), "y": _at(y), "text": text}


def _at(value: float) -> str:
    """One decimal is enough for a drawing; with a point, because a template would print a French comma."""
    return f"{round(value, 1):g}"
