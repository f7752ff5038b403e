"""A plan in words: its sums, the money and the duties of each year, what leaving costs. Pure."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import NamedTuple

from aids.addresses import page_of
from aids.amounts import NOTHING, ZERO, Range, words
from aids.payback import Payback, paybacks
from aids.rules import Amount
from aids.simulator.chart import Chart, draw
from aids.sums import Alternative, Offer, Plan, Total, totals
from aids.timeline import HORIZON_MONTHS, Duty, Timeline, duty, timeline
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


class YearRow(NamedTuple):
    """One year of the project: its name, what comes in, what is owed."""

    label: str
    money: list[str]
    duties: list[str]


class LeavingRow(NamedTuple):
    """What leaving after some months costs, aid by aid."""

    label: str
    lines: list[str]
    asked: bool


@dataclass(frozen=True, slots=True)
class PlanPage:
    """A plan ready to print; lists that have nothing to say are empty. `chosen` are (name, address, money)."""

    words: PlanWords
    headline: str
    totals: list[str]
    chosen: list[tuple[str, str, str]]
    beside: list[str]
    unconfirmed: list[str]
    open_ended: list[str]
    alternatives: list[str]
    years: list[YearRow]
    undated: list[str]
    chart: Chart | None
    leaving: list[LeavingRow]


def plan_page(
    plan: Plan, start: date, *, words: PlanWords, leaving_month: int | None = None, is_student: bool = False
) -> PlanPage:
    """The plan of a project that begins on `start`; `leaving_month` adds one departure to those shown."""
    names = {offer.code: offer.name for offer in (*plan.chosen, *(other.offer for other in plan.alternatives))}
    line = timeline(plan.chosen)
    line = replace(line, duties=tuple(one for one in line.duties if one.code in _bound_codes(plan.chosen)))
    span = _span(line)
    return PlanPage(
        words=words,
        headline=headline(plan.totals),
        totals=[total_words(total) for total in plan.totals],
        chosen=[(offer.name, page_of(offer.code), _money(offer)) for offer in plan.chosen if totals([offer])],
        beside=_named(plan.beside),
        unconfirmed=_named(plan.unconfirmed),
        open_ended=_named(plan.open_ended),
        alternatives=[_alternative(other, names) for other in plan.alternatives],
        years=[_year(line, year, start, names) for year in range(span // YEAR)],
        undated=[f"{names[d.code]}\u00a0: {d.text}" for d in line.duties if d.start is None],
        chart=draw(line, span, names) if span and line.payments else None,
        leaving=_leaving(plan.chosen, names, leaving_month, is_student=is_student),
    )


def headline(totals: Iterable[Total]) -> str:
    """`15 000 €` or `de 5 000 à 15 000 €`: everything that sources state, whatever their mark; "" without money."""
    everything = NOTHING
    for total in totals:
        everything += total.euros
    return euros(everything) if everything != NOTHING else ""


def euros(value: Range) -> str:
    """A range of euros in French."""
    if value.low == value.high:
        return f"{_plain(value.low)}{NBSP}€"
    if value.low == ZERO:
        return f"jusqu'à {_plain(value.high)}{NBSP}€"
    return f"de {_plain(value.low)} à {_plain(value.high)}{NBSP}€"


def _plain(value) -> str:
    return number(value, 0 if value == value.to_integral_value() else 2)


def total_words(total: Total) -> str:
    """`10 000 € (brut), confirmé par une source officielle`."""
    return f"{euros(total.euros)} ({KINDS[total.taxation]}), {total.mark.label}"


def _money(offer: Offer) -> str:
    return " + ".join(words(amount) for amount in offer.amounts) or f"montant {UNKNOWN}"


def _named(pairs: Sequence[tuple[Offer, Amount]]) -> list[str]:
    """One line for each aid."""
    found: dict[str, list[str]] = {}
    for offer, amount in pairs:
        found.setdefault(offer.name, []).append(words(amount))
    return [f"{name}\u00a0: {', '.join(amounts)}" for name, amounts in found.items()]


def _alternative(other: Alternative, names: Mapping[str, str]) -> str:
    """What is left out, why, and what the best total would be with it."""
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


def _year(line: Timeline, year: int, start: date, names: Mapping[str, str]) -> YearRow:
    first, last = year * YEAR, (year + 1) * YEAR
    sums: dict[tuple[str, Mark, Taxation], Range] = {}
    for payment in line.payments:
        if first <= payment.month < last:
            key = payment.code, payment.mark, payment.taxation
            sums[key] = sums.get(key, NOTHING) + payment.euros
    money = [
        f"{names[c]}\u00a0: {euros(value)} ({KINDS[tax]}{_doubt(mark)})" for (c, mark, tax), value in sums.items()
    ]
    duties = [_duty(owed, first, names) for owed in line.duties if _owed(owed, first, last)]
    return YearRow(f"Année {year + 1}\u00a0: {_period(start, first, last)}", money, duties)


def _doubt(mark: Mark) -> str:
    return "" if mark == Mark.CONFIRMED else f", {mark.label}"


def _duty(owed: Duty, first: int, names: Mapping[str, str]) -> str:
    """The whole duty in the year when it begins, its name alone in those that follow."""
    return f"{names[owed.code]}\u00a0: {owed.text if owed.start >= first else 'suite'}"


def _owed(owed: Duty, first: int, last: int) -> bool:
    if owed.start is None:
        return False
    return owed.start < last and (owed.end is None or owed.end > first)


def _period(start: date, first: int, last: int) -> str:
    return f"{_month(start, first)} à {_month(start, last - 1)}"


def _month(start: date, months: int) -> str:
    index = start.year * YEAR + start.month - 1 + months
    return f"{MONTHS[index % YEAR]}{NBSP}{index // YEAR}"


def _bound_codes(chosen: Iterable[Offer]) -> set[str]:
    """Aids that commit to something: a text that says "no commitment" is no duty."""
    return {
        offer.code
        for offer in chosen
        if offer.commitment.months or (offer.commitment.text and offer.exit.kind != ExitKind.NONE)
    }


# --- leaving ----------------------------------------------------------------------------------------------------


def _leaving(
    chosen: Sequence[Offer], names: Mapping[str, str], asked: int | None, *, is_student: bool
) -> list[LeavingRow]:
    """One row a year until every commitment is over, and the asked month."""
    bound = [offer for offer in chosen if offer.code in _bound_codes(chosen)]
    if not bound:
        return []
    ends = [end for offer in bound if (end := duty(offer).end) is not None]
    months = set(range(YEAR, min(max(ends, default=3 * YEAR), HORIZON_MONTHS) + 1, YEAR))
    months |= {asked} if asked is not None else set()
    studies = next((offer.study_months for offer in bound if offer.study_months is not None), None)
    rows = []
    for month in sorted(months):
        has_degree = not is_student or (studies is not None and month >= studies)
        found = paybacks(bound, month, has_degree=has_degree)
        lines = [f"{names[one.code]}\u00a0: {_payback(one)}" for one in found]
        rows.append(LeavingRow(f"après {plural(month, 'mois', 'mois')}", lines, month == asked))
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
        parts.append(f"{_plain(one.penalty)}{NBSP}€ de pénalité")
    text = " et ".join(part for part in parts if part) or "rien à rembourser"
    return f"{text}{f' ({one.mark.label})' if one.mark != Mark.CONFIRMED else ''}"
