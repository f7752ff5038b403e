"""A plan in words and as a drawing: its sums, the money and the duties of each year, what leaving costs. Pure."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any, NamedTuple

from aids.addresses import page_of
from aids.amounts import NOTHING, Range, euros, to_the_cent, together, words
from aids.payback import Payback, payback
from aids.rules import Amount, months_after
from aids.sums import (
    HORIZON_MONTHS,
    Alternative,
    Duty,
    Offer,
    Plan,
    Timeline,
    Total,
    all_euros,
    duty,
    timeline,
    totals,
)
from aids.vocabulary import ExitKind, Mark, Taxation
from guide.core.french import MONTHS, NBSP, UNKNOWN, number, plural

YEAR = 12
KINDS = {Taxation.GROSS: "brut", Taxation.NET: "net", Taxation.UNKNOWN: "brut ou net non précisé"}


class PlanWords(NamedTuple):
    """What a plan is called: the anchor of its section, its title and the sentence below."""

    anchor: str
    title: str
    intro: str


PLAN = PlanWords(
    "total",
    "Ce que vous pouvez cumuler",
    "Le meilleur ensemble d'aides compatibles entre elles. Seuls des montants donnés par une source sont "
    "additionnés\u00a0; brut et net ne sont jamais mélangés.",
)
SCENARIO = PlanWords(
    "scenario",
    "Et si tout ce qui est à vérifier se confirmait\u00a0?",
    "Rien de ceci n'est acquis\u00a0: c'est le cas le plus favorable, pour comparer. Les aides seulement annoncées "
    "ou à confirmer n'y sont pas.",
)


def plan_page(
    plan: Plan, start: date, *, words: PlanWords, leaving_month: int | None = None, is_student: bool = False
) -> dict[str, Any]:
    """The plan of a project that begins on `start`, as aids/_plan.html prints it; lists that have nothing to say are
    empty. `chosen`: (name, address, money); `leaving_month` adds one departure to those shown.
    """
    names = {offer.code: offer.name for offer in (*plan.chosen, *(other.offer for other in plan.alternatives))}
    bound = [offer for offer in plan.chosen if is_bound(offer)]
    line, bound_codes = timeline(plan.chosen), {offer.code for offer in bound}
    line = replace(line, duties=tuple(one for one in line.duties if one.code in bound_codes))
    span = _span(line)
    return {
        "words": words,
        "headline": headline(plan.totals),
        "totals": [f"{euros(one.euros)} ({KINDS[one.taxation]}), {one.mark.label}" for one in plan.totals],
        "chosen": [
            (offer.name, page_of(offer.code), together(offer.amounts) or f"montant {UNKNOWN}")
            for offer in plan.chosen
            if totals([offer])
        ],
        "beside": _named(plan.beside),
        "unconfirmed": _named(plan.unconfirmed),
        "open_ended": _named(plan.open_ended),
        "alternatives": [_alternative(other, names) for other in plan.alternatives],
        "years": [_year(line, year, start, names) for year in range(span // YEAR)],
        "undated": [f"{names[d.code]}\u00a0: {d.text}" for d in line.duties if d.start is None],
        "chart": _draw(line, span, names) if span and line.payments else None,
        "leaving": _leaving(bound, names, leaving_month, is_student=is_student),
    }


def is_bound(offer: Offer) -> bool:
    """Whether the aid commits to something: a text that says "no commitment" is no duty."""
    return bool(offer.commitment.months or (offer.commitment.text and offer.exit.kind != ExitKind.NONE))


def headline(totals: Iterable[Total]) -> str:
    """`15 000 €` or `de 5 000 à 15 000 €`: everything that sources state, whatever their mark; "" without money."""
    everything = all_euros(totals)
    return euros(everything) if everything != NOTHING else ""


def _named(pairs: Sequence[tuple[Offer, Amount]]) -> list[str]:
    """`Bourse de l'Indre : 1 000 € par mois`, the amounts of one aid together."""
    found: dict[str, list[str]] = {}
    for offer, amount in pairs:
        found.setdefault(offer.name, []).append(words(amount))
    return [f"{name}\u00a0: {', '.join(amounts)}" for name, amounts in found.items()]


def _alternative(other: Alternative, names: Mapping[str, str]) -> str:
    against = ", ".join(names[code] for code in other.instead_of)
    total = headline(other.totals)
    would = (
        f" Avec elle, le meilleur total serait {total}." if total else " Avec elle, aucun total ne peut être donné."
    )
    return f"{other.offer.name}\u00a0: incompatible avec {against}.{would}"


def _span(line: Timeline) -> int:
    """Whole years, in months, that hold all the payments and the end of every duty of known length."""
    ends = [payment.month + 1 for payment in line.payments] + [d.end for d in line.duties if d.end is not None]
    return min(HORIZON_MONTHS, -(-max(ends, default=0) // YEAR) * YEAR)


def _year(line: Timeline, year: int, start: date, names: Mapping[str, str]) -> dict[str, Any]:
    """One year of the project: its name, what comes in, what is owed."""
    first, last = year * YEAR, (year + 1) * YEAR
    sums: defaultdict[tuple[str, Mark, Taxation], Range] = defaultdict(lambda: NOTHING)
    for payment in line.payments:
        if first <= payment.month < last:
            sums[payment.code, payment.mark, payment.taxation] += payment.euros
    money = [
        f"{names[code]}\u00a0: {euros(value)} ({KINDS[taxation]}{_doubt(mark)})"
        for (code, mark, taxation), value in sums.items()
    ]
    duties = [_duty(owed, first, names) for owed in line.duties if _owed(owed, first, last)]
    period = f"{_month(start, first)} à {_month(start, last - 1)}"
    return {"label": f"Année {year + 1}\u00a0: {period}", "money": money, "duties": duties}


def _doubt(mark: Mark) -> str:
    return "" if mark == Mark.CONFIRMED else f", {mark.label}"


def _duty(owed: Duty, first: int, names: Mapping[str, str]) -> str:
    """The whole duty in the year when it begins, its name alone in those that follow."""
    return f"{names[owed.code]}\u00a0: {owed.text if owed.start >= first else 'suite'}"


def last_month(chosen: Iterable[Offer], start: date) -> str:
    """`versements jusqu'en novembre 2029`, of a project that begins on `start`; "" when no payment is dated."""
    paid = [payment.month for payment in timeline(chosen).payments]
    if not paid:
        return ""
    return f"versements jusqu'en {_month(start, max(paid))}" if max(paid) else "versement en une fois"


def _owed(owed: Duty, first: int, last: int) -> bool:
    if owed.start is None:
        return False
    return owed.start < last and (owed.end is None or owed.end > first)


def _month(start: date, months: int) -> str:
    day = months_after(start, months)
    return f"{MONTHS[day.month - 1]}{NBSP}{day.year}"


# --- leaving --------------------------------------------------------------------------------------------------


def _leaving(
    bound: Sequence[Offer], names: Mapping[str, str], asked: int | None, *, is_student: bool
) -> list[dict[str, Any]]:
    """What leaving costs aid by aid, one row a year until every commitment is over, and the asked month."""
    if not bound:
        return []
    ends = [end for offer in bound if (end := duty(offer).end) is not None]
    months = set(range(YEAR, min(max(ends, default=3 * YEAR), HORIZON_MONTHS) + 1, YEAR))
    months |= {asked} if asked is not None else set()
    studies = next((offer.study_months for offer in bound if offer.study_months is not None), None)
    rows = []
    for month in sorted(months):
        has_degree = not is_student or (studies is not None and month >= studies)
        found = {offer.code: payback(offer, month, has_degree=has_degree) for offer in bound}
        lines = [f"{names[code]}\u00a0: {_payback(one)}" for code, one in found.items()]
        rows.append({"label": f"après {plural(month, 'mois', 'mois')}", "lines": lines, "asked": month == asked})
    return rows


def _payback(one: Payback) -> str:
    if one.done:
        return "rien à rembourser"
    if one.refund is None:
        return f"montant {UNKNOWN}{f'{NBSP}; {one.text}' if one.text else ''}"
    parts = [f"{euros(one.refund)} à rembourser" if one.refund != NOTHING else ""]
    if one.penalty is None:
        parts.append(f"pénalité {UNKNOWN}")
    elif one.penalty:
        parts.append(f"{to_the_cent(one.penalty)}{NBSP}€ de pénalité")
    text = " et ".join(part for part in parts if part) or "rien à rembourser"
    return f"{text}{one.mark.doubt}"


# --- the drawing: a stacked bar of money for each year, a line for each duty -----------------------------------------

# Units are arbitrary, 360 wide, so that the letters can be read on a phone. The table beside it says the same.
WIDTH = 360
TOP, BARS, AXIS = 16, 96, 18
ROW = 22
TONES = {Taxation.GROSS: "gross", Taxation.NET: "net", Taxation.UNKNOWN: "unsaid"}
LEGENDS = {TONES[taxation]: words for taxation, words in KINDS.items()}


def _draw(line: Timeline, months: int, names: Mapping[str, str]) -> dict[str, Any]:
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
        "duties": [_line(one, rank, step / YEAR, months, names) for rank, one in enumerate(dated)],
        "legend": [(tone, LEGENDS[tone]) for tone in dict.fromkeys(bar["tone"] for bar in bars)],
        "has_half": any(bar["is_half"] for bar in bars),
    }


def _pieces(line: Timeline, years: int) -> list[dict]:
    found = [defaultdict(int) for _ in range(years)]
    for payment in line.payments:
        if payment.month < years * YEAR:
            found[payment.month // YEAR][TONES[payment.taxation], payment.mark != Mark.CONFIRMED] += payment.euros.high
    return found


def _line(one: Duty, rank: int, month: float, months: int, names: Mapping[str, str]) -> dict[str, Any]:
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
