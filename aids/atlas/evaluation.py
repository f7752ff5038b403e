"""What one person can get in each of many places, each aid evaluated once for all the places it cannot tell apart.

Pure. Places of one signature share one answer; an aid that reads no zoning and no perimeter is evaluated once.
"""

from collections.abc import Callable, Hashable, Iterable, Sequence
from dataclasses import replace
from datetime import date
from typing import NamedTuple

from aids.amounts import Range
from aids.conditions.kinds import PLACE_KINDS
from aids.eligibility import Sight, State, Verdict, evaluate, shown, sight, signature
from aids.rules import AidRule, Incompatibility, PracticePlace, Situation
from aids.sums import all_euros, best_plan, offers
from aids.vocabulary import Mark, TimeState


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
    judge = _Judge(rules, person, day)
    seen, known = sight(rules), {}
    found = []
    for place in places:
        key = signature(place, seen)
        if key not in known:
            known[key] = _prospect(judge.verdicts(place), conflicts, hoped)
        found.append(known[key])
    return found


class _Judge:
    """Verdicts of all the rules at a place; each rule remembers the places that it sees alike."""

    def __init__(self, rules: Sequence[AidRule], person: Situation, day: date):
        self.rules, self.person, self.day = rules, person, day
        self.sights: dict[str, Sight] = {rule.code: sight([rule]) for rule in rules}
        self.known: dict[Hashable, Verdict] = {}

    def verdicts(self, place: PracticePlace) -> list[Verdict]:
        """The verdicts at `place`, local variants standing in for their generic aid."""
        there = replace(self.person, place=place)
        found = []
        for rule in shown(self.rules, there, self.day):
            key = rule.code, signature(place, self.sights[rule.code])
            if key not in self.known:
                self.known[key] = evaluate(rule, there, self.day)
            found.append(self.known[key])
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
