"""What one person can get in each of many places, and a few classes of them for a map and its legend. Pure.

Places of one signature share one answer; an aid that reads no zoning and no perimeter is evaluated once.
"""

from collections.abc import Callable, Hashable, Iterable, Sequence
from dataclasses import replace
from datetime import date
from itertools import pairwise
from typing import NamedTuple

from aids.amounts import Range, euros
from aids.conditions.kinds import PLACE_KINDS
from aids.eligibility import State, Verdict, evaluate, shown, sight, signature
from aids.rules import AidRule, Incompatibility, PracticePlace, Situation
from aids.sums import all_euros, best_plan, offers
from aids.vocabulary import Mark, TimeState
from guide.core.french import NBSP, plural


class Prospect(NamedTuple):
    """What a place brings: euros that are sure, euros if what is uncertain turns out well, number of aids had.

    `to_check` is the number of aids that an answer still missing, or a person, must settle.
    """

    sure: Range
    best: Range
    granted: int
    to_check: int = 0

    @property
    def is_uncertain(self) -> bool:
        """Whether what is not known of the place may bring more."""
        return self.best.high > self.sure.high


def may_be_had(verdict: Verdict) -> bool:
    """Whether an answer still missing keeps the aid from being had; never an aid that is itself unconfirmed."""
    return verdict.state == State.TO_CHECK and verdict.aid.mark != Mark.TO_CHECK and bool(verdict.questions)


def hangs_on_the_place(verdict: Verdict) -> bool:
    """Whether only the zoning or the perimeter of the place keeps the aid from being had."""
    return may_be_had(verdict) and PLACE_KINDS.issuperset(verdict.questions)


def prospects(
    rules: Sequence[AidRule],
    conflicts: Iterable[Incompatibility],
    person: Situation,
    places: Iterable[PracticePlace],
    day: date,
    hoped: Callable[[Verdict], bool] = hangs_on_the_place,
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
            known[key] = _prospect([verdict(rule, there) for rule in shown(rules, there, day)], conflicts, hoped)
        found.append(known[key])
    return found


def _prospect(verdicts: list[Verdict], conflicts: list[Incompatibility], hoped: Callable) -> Prospect:
    granted = [verdict for verdict in verdicts if verdict.state == State.ELIGIBLE]
    sure = offers(granted, None)
    maybe = offers([v for v in verdicts if hoped(v)], None, State.TO_CHECK)
    total = _total(sure, conflicts)
    to_check = sum(verdict.state == State.TO_CHECK for verdict in verdicts)
    return Prospect(total, _total(sure + maybe, conflicts) if maybe else total, len(granted), to_check)


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
    """At most seven classes, from least to most: the sure ones (1: nothing, 2 to 4), the unknown ones (5 to 7)."""
    distinct = set(prospects)
    by_count = bool(distinct) and not any(p.best.high for p in distinct)
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
        return f"classement non renseigné{NBSP}: {euros(Range(low, max(p.best.high for p in group)))}"
    high = max(p.sure.high for p in group)
    return euros(Range(low, high)) if high else "aucune somme à additionner"


def aids_between(low: int, high: int) -> str:
    """`de 2 à 5 aides`, `1 aide`, `aucune aide`."""
    return (plural(high, "aide") if high else "aucune aide") if low == high else f"de {low} à {plural(high, 'aide')}"
