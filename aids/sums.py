"""The best set of aids that one person can have together: exact, explained, and only sums that can be trusted.

A sum adds euros of known amount and duration, confirmed and half-confirmed apart, gross, net and unsaid apart.
Amounts to be checked, percentages, exemptions, loans, salaries and help in kind are listed beside it.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace

from aids.amounts import NOTHING, Range, duration, total
from aids.compatible import Weight, heaviest
from aids.eligibility import State, Verdict
from aids.rules import Amount, Commitment, ExitRule, Incompatibility
from aids.vocabulary import SUMMABLE, Mark, Taxation


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
