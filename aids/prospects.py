"""What one person can get in each of many places, and a few classes of them for a map and its legend. Pure.

Places of one signature share one answer; an aid that reads no zoning and no perimeter is evaluated once.
"""

from collections.abc import Callable, Hashable, Iterable, Sequence
from dataclasses import replace
from datetime import date
from itertools import pairwise
from typing import NamedTuple

from aids.amounts import Range, euros
from aids.eligibility import State, Verdict, evaluate, shown, sight, signature
from aids.rules import AidRule, Incompatibility, PracticePlace, Situation
from aids.sums import all_euros, best_plan, offers
from aids.vocabulary import Mark, TimeState
from guide.core.french import NBSP, plural


class Prospect(NamedTuple):
    """What a place brings: euros that are sure, euros if what is uncertain turns out well, number of aids had.

    `to_check` is the number of aids that an answer still missing, or a person, must settle. `is_open`: a sum lasts as
    long as studies whose length is not known, so that `best` does not hold it.
    """

    sure: Range
    best: Range
    granted: int
    to_check: int = 0
    is_open: bool = False

    @property
    def is_uncertain(self) -> bool:
        """Whether what is not known of the place may bring more."""
        return self.best.high > self.sure.high or self.is_open


def may_be_had(verdict: Verdict) -> bool:
    """Whether an answer still missing keeps the aid from being had; never an aid that is itself unconfirmed."""
    return verdict.state == State.TO_CHECK and verdict.aid.mark != Mark.TO_CHECK and bool(verdict.questions)


def prospects(
    rules: Sequence[AidRule],
    conflicts: Iterable[Incompatibility],
    person: Situation,
    places: Iterable[PracticePlace],
    day: date,
    hoped: Callable[[Verdict], bool] = may_be_had,
) -> list[Prospect]:
    """One prospect for each place, in their order; `hoped` says which aids count in `best` beside the sure ones."""
    conflicts = list(conflicts)
    rules = [rule for rule in rules if rule.state_on(day) == TimeState.OPEN]
    seen, seen_by = sight(rules), {rule.code: sight([rule]) for rule in rules}
    known: dict[Hashable, Prospect] = {}
    verdicts: dict[Hashable, Verdict] = {}

    def verdict(rule: AidRule, there: Situation) -> Verdict:
        key = rule.code, signature(there.place, seen_by[rule.code])
        if key not in verdicts:
            verdicts[key] = evaluate(rule, there, day)
        return verdicts[key]

    found = []
    for place in places:
        key = signature(place, seen)
        if key not in known:
            there = replace(person, place=place)
            verdicts_there = [verdict(rule, there) for rule in shown(rules, there, day)]
            known[key] = _prospect(verdicts_there, conflicts, hoped, person.study_months_left)
        found.append(known[key])
    return found


def _prospect(
    verdicts: list[Verdict], conflicts: list[Incompatibility], hoped: Callable, study_months: int | None
) -> Prospect:
    granted = [verdict for verdict in verdicts if verdict.state == State.ELIGIBLE]
    sure = offers(granted, study_months)
    maybe = offers([v for v in verdicts if hoped(v)], study_months, State.TO_CHECK)
    total = _total(sure, conflicts)
    to_check = sum(verdict.state == State.TO_CHECK for verdict in verdicts)
    is_open = study_months is None and any(a.until_studies_end for offer in sure + maybe for a in offer.amounts)
    return Prospect(total, _total(sure + maybe, conflicts) if maybe else total, len(granted), to_check, is_open)


def _total(candidates, conflicts: list[Incompatibility]) -> Range:
    return all_euros(best_plan(candidates, conflicts).totals)


# --- classes: what is sure, and what hangs on an unknown zoning ------------------------------------------------------

MAX_SURE = 3
MAX_UNCERTAIN = 3


class Class(NamedTuple):
    """One class: its number (the look), its words, and the prospects in it."""

    rank: int
    label: str
    prospects: frozenset[Prospect]


def classes(prospects: Iterable[Prospect]) -> list[Class]:
    """At most seven classes, from least to most: the sure ones (1: nothing, 2 to 4), the unknown ones (5 to 7).

    A place where an answer still missing, or the zoning, may bring money is never one that brings nothing.
    """
    distinct = set(prospects)
    by_count = bool(distinct) and not any(p.best.high or p.is_open for p in distinct)
    sure = sorted((p for p in distinct if not p.is_uncertain), key=lambda p: (p.sure.high, p.sure.low, p.granted))
    uncertain = sorted((p for p in distinct if p.is_uncertain), key=lambda p: (p.best.high, p.sure.low, p.granted))
    nothing = [p for p in sure if not (p.granted if by_count else p.sure.high)]
    something = [p for p in sure if p not in nothing]
    groups = [(1, nothing)] if nothing else []
    groups += enumerate(_chunks(something, MAX_SURE, by_count=by_count), start=2)
    groups += enumerate(_chunks(uncertain, MAX_UNCERTAIN, by_count=by_count), start=2 + MAX_SURE)
    return [Class(rank, _label(group, by_count=by_count), frozenset(group)) for rank, group in groups]


def _chunks(ordered: Sequence[Prospect], most: int, *, by_count: bool) -> list[list[Prospect]]:
    """Neighbours together, equal figures never apart, in at most `most` groups."""
    steps: dict = {}
    for prospect in ordered:
        steps.setdefault(prospect.granted if by_count else (prospect.sure, prospect.best), []).append(prospect)
    values = list(steps.values())
    count = min(most, len(values))
    bounds = [round(index * len(values) / count) for index in range(count + 1)] if count else []
    return [[prospect for step in values[first:last] for prospect in step] for first, last in pairwise(bounds)]


def _label(group: Sequence[Prospect], *, by_count: bool) -> str:
    if by_count:
        numbers = [prospect.granted for prospect in group]
        return aids_between(min(numbers), max(numbers))
    low = min(p.sure.low for p in group)
    if group[0].is_uncertain:
        most = max(p.best.high for p in group)
        said = euros(Range(low, most)) if most else ""
        if any(p.is_open for p in group):
            said = f"{said} et plus" if said else "selon la durée de vos études"
        return f"à préciser{NBSP}: {said}"
    high = max(p.sure.high for p in group)
    return euros(Range(low, high)) if high else "aucune somme à additionner"


def aids_between(low: int, high: int) -> str:
    """`de 2 à 5 aides`, `1 aide`, `aucune aide`."""
    return (plural(high, "aide") if high else "aucune aide") if low == high else f"de {low} à {plural(high, 'aide')}"
