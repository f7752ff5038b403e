"""The best set of aids that one person can have together, exact and explained; its money and duties month by month.

A sum adds euros of known amount and duration, confirmed and half-confirmed apart, gross, net and unsaid apart.
Amounts to be checked, percentages, exemptions, loans, salaries and help in kind are listed beside it. Pure.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cache

from aids.amounts import NOTHING, Range, duration, payments, total
from aids.eligibility import State, Verdict
from aids.rules import Amount, Commitment, ExitRule, Incompatibility
from aids.vocabulary import SUMMABLE, Mark, Taxation

HORIZON_MONTHS = 96  # eight years from the day of the project
Weight = tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Offer:
    """One aid that a person can have: the amounts of its most favourable case, and what it commits to."""

    code: str
    name: str
    amounts: tuple[Amount, ...] = ()
    commitment: Commitment = field(default_factory=Commitment)
    exit: ExitRule = field(default_factory=ExitRule)
    study_months: int | None = None


@dataclass(frozen=True, slots=True)
class Total:
    """One line of the sum: how sure, gross or net, and how much."""

    mark: Mark
    taxation: Taxation
    euros: Range


@dataclass(frozen=True, slots=True)
class Alternative:
    """An aid left out: what it conflicts with in the best set, and the best totals if it were taken instead."""

    offer: Offer
    instead_of: tuple[str, ...]
    totals: tuple[Total, ...]


@dataclass(frozen=True, slots=True)
class Plan:
    """The best set, its sums, what stands beside them, and what else could be chosen.

    `unconfirmed` are figures that no source states firmly; `open_ended` is money whose end is not known.
    """

    chosen: tuple[Offer, ...]
    totals: tuple[Total, ...]
    beside: tuple[tuple[Offer, Amount], ...]
    unconfirmed: tuple[tuple[Offer, Amount], ...]
    open_ended: tuple[tuple[Offer, Amount], ...]
    alternatives: tuple[Alternative, ...]


def offers(verdicts: Iterable[Verdict], study_months: int | None, state: State = State.ELIGIBLE) -> list[Offer]:
    """One offer for each verdict in `state`, in the case that pays most (the first of equals)."""
    result = []
    for verdict in verdicts:
        if verdict.state == state and verdict.possible_cases:
            case = max(verdict.possible_cases, key=lambda c: total(c.case.amounts, study_months)).case
            aid = verdict.aid
            result.append(Offer(aid.code, aid.name, case.amounts, aid.commitment, aid.exit, study_months))
    return result


def best_plan(candidates: Sequence[Offer], incompatibilities: Iterable[Incompatibility]) -> Plan:
    """The best compatible set of `candidates`.

    Best: most confirmed money; among equals most half-confirmed, then most that may be reached (the upper
    bounds), then most aids; the last tie goes to the first codes of the alphabet. Exact for 60 aids and more.
    """
    by_code = {offer.code: offer for offer in sorted(candidates, key=lambda offer: offer.code)}
    conflicts = _conflicts(by_code, incompatibilities)
    weights = {code: weight(offer) for code, offer in by_code.items()}
    chosen = heaviest(weights, conflicts)
    alternatives = []
    for code in by_code.keys() - chosen:
        forced = {code} | heaviest({c: w for c, w in weights.items() if c not in conflicts[code] | {code}}, conflicts)
        alternatives.append(
            Alternative(by_code[code], tuple(sorted(conflicts[code] & chosen)), totals(by_code[c] for c in forced))
        )
    picked = tuple(by_code[code] for code in sorted(chosen))
    return Plan(
        chosen=picked,
        totals=totals(picked),
        beside=_listed(picked, lambda offer, amount: amount.kind not in SUMMABLE),
        unconfirmed=_listed(picked, lambda o, a: a.kind in SUMMABLE and not a.is_summable),
        open_ended=_listed(picked, lambda o, a: a.is_summable and duration(a, o.study_months) is None),
        alternatives=tuple(sorted(alternatives, key=lambda alternative: alternative.offer.code)),
    )


def totals(chosen: Iterable[Offer]) -> tuple[Total, ...]:
    """Sums by mark and taxation, confirmed first; a line exists only when something is in it."""
    sums: defaultdict[tuple[Mark, Taxation], Range] = defaultdict(lambda: NOTHING)
    for offer in chosen:
        for amount in offer.amounts:
            sums[amount.mark, amount.taxation] += total([amount], offer.study_months)
    lines = (Total(mark, taxation, sums[mark, taxation]) for mark in Mark for taxation in Taxation)
    return tuple(line for line in lines if line.euros != NOTHING)


def all_euros(totals: Iterable[Total]) -> Range:
    """What these totals come to, their marks and taxations mixed: for comparing, never as a promise."""
    return sum((line.euros for line in totals), NOTHING)


def weight(offer: Offer) -> Weight:
    """What an offer is worth in the choice, in cents, compared from left to right (see `best_plan`).

    Money without a known end counts for one year here, so that it is not chosen as if it were nothing.
    """
    parts = {Mark.CONFIRMED: NOTHING, Mark.HALF: NOTHING}
    for amount in offer.amounts:
        if amount.is_summable:
            if duration(amount, offer.study_months) is None:
                amount = replace(amount, months=12, until_studies_end=False)
            parts[amount.mark] += total([amount], offer.study_months)
    sure, half = parts[Mark.CONFIRMED], parts[Mark.HALF]
    return (*(int(euros * 100) for euros in (sure.low, half.low, sure.high, half.high)), 1)


def _conflicts(by_code: dict[str, Offer], incompatibilities: Iterable[Incompatibility]) -> dict[str, set[str]]:
    conflicts: dict[str, set[str]] = {code: set() for code in by_code}
    for pair in incompatibilities:
        if pair.first in by_code and pair.second in by_code and pair.first != pair.second:
            conflicts[pair.first].add(pair.second)
            conflicts[pair.second].add(pair.first)
    return conflicts


def _listed(chosen: Iterable[Offer], test) -> tuple[tuple[Offer, Amount], ...]:
    return tuple((offer, amount) for offer in chosen for amount in offer.amounts if test(offer, amount))


# --- heaviest set without conflict -------------------------------------------------------------------------------


def heaviest(weights: Mapping[str, Weight], conflicts: Mapping[str, set[str]]) -> set[str]:
    """Codes of the heaviest set (maximum weight independent set, exact); weights are tuples compared from left to
    right, none negative. Of two sets of one weight, the one whose codes come first in the alphabet.

    Sixty aids with a few conflicts each fall apart into small components; inside one, the aid with most conflicts
    is taken or left, which splits the rest again. Sets are bit masks, so that equal rests are solved once.
    """
    codes = sorted(weights)
    if not codes:
        return set()
    position = {code: rank for rank, code in enumerate(codes)}
    near = [sum(1 << position[other] for other in conflicts[code] if other in position) for code in codes]
    # The last digit of a weight is a preference for the first codes: exact, and it only decides between equals.
    worth = [(*weights[code], 1 << (len(codes) - 1 - rank)) for rank, code in enumerate(codes)]
    zero = tuple(0 for _ in worth[0])

    @cache
    def solve(rest: int) -> tuple[Weight, int]:
        best, chosen = zero, 0
        while rest:
            component = _component(rest, near)
            rest &= ~component
            value, picked = branch(component)
            best, chosen = _plus(best, value), chosen | picked
        return best, chosen

    @cache
    def branch(component: int) -> tuple[Weight, int]:
        busiest = max(_bits(component), key=lambda bit: (near[bit] & component).bit_count())
        alone = 1 << busiest
        with_value, with_set = solve(component & ~alone & ~near[busiest])
        taken = _plus(with_value, worth[busiest]), with_set | alone
        if not near[busiest] & component:
            return taken
        return max(taken, solve(component & ~alone))

    return {codes[bit] for bit in _bits(solve((1 << len(codes)) - 1)[1])}


def _plus(left: Weight, right: Weight) -> Weight:
    return tuple(a + b for a, b in zip(left, right, strict=True))


def _bits(mask: int):
    while mask:
        low = mask & -mask
        yield low.bit_length() - 1
        mask ^= low


def _component(rest: int, near: list[int]) -> int:
    """The aids of `rest` linked to its first one by conflicts."""
    found = frontier = rest & -rest
    while frontier:
        reached = 0
        for bit in _bits(frontier):
            reached |= near[bit]
        frontier = reached & rest & ~found
        found |= frontier
    return found


# --- month by month ----------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Payment:
    """Money of one aid in one month, never added to another of a different mark or taxation."""

    month: int
    code: str
    euros: Range
    mark: Mark
    taxation: Taxation


@dataclass(frozen=True, slots=True)
class Duty:
    """A commitment that runs from month `start` to month `end`, excluded; `end` None: to the end of the horizon.

    `start` None: it begins after studies whose length is not known, so it has no place on the line yet.
    """

    code: str
    text: str
    start: int | None
    end: int | None


@dataclass(frozen=True, slots=True)
class Timeline:
    """The payments in order of month, and the duties in order of start."""

    payments: tuple[Payment, ...]
    duties: tuple[Duty, ...]


def timeline(chosen: Iterable[Offer]) -> Timeline:
    """The timeline of a set of offers over eight years, month 0 being that of the project."""
    chosen = sorted(chosen, key=lambda offer: offer.code)
    money = [
        Payment(month, offer.code, euros, amount.mark, amount.taxation)
        for offer in chosen
        for amount in offer.amounts
        for month, euros in payments(amount, offer.study_months).items()
        if month < HORIZON_MONTHS
    ]
    duties = [duty(offer) for offer in chosen if offer.commitment.text or offer.commitment.months]
    return Timeline(
        payments=tuple(sorted(money, key=lambda payment: (payment.month, payment.code))),
        duties=tuple(sorted(duties, key=lambda d: (d.start is None, d.start or 0, d.code))),
    )


def duty(offer: Offer) -> Duty:
    """When the commitment of an offer begins and ends."""
    commitment = offer.commitment
    start = offer.study_months if commitment.after_studies else 0
    length = commitment.months
    if commitment.as_long_as_paid:  # as many months as were paid, and the least duration in any case
        paid = paid_months(offer)
        length = None if paid is None else max(paid, commitment.months or 0)
    end = None if start is None or length is None else start + length
    return Duty(offer.code, commitment.text, start, end)


def paid_months(offer: Offer, before: int | None = None) -> int | None:
    """Months in which money is received (before month `before`); None when it has no known end."""
    found: set[int] = set()
    for amount in offer.amounts:
        if amount.is_summable:
            if duration(amount, offer.study_months) is None:
                return None
            months = payments(amount, offer.study_months)
            found |= {month for month in months if before is None or month < before}
    return len(found)
