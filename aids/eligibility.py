"""The engine: who can get an aid, and why. Pure: no database, no clock.

Three states. A condition is met, unmet or unknown; a case is refused by one unmet condition and left to be
checked by one unknown; an aid is granted by its best case. An answer added never turns unmet into unknown,
and the order of aids, cases and conditions never matters.
"""

from collections.abc import Iterable
from datetime import date
from enum import IntEnum
from typing import NamedTuple

from aids.conditions.declaration import Outcome
from aids.conditions.kinds import ConditionKind as Kind
from aids.rules import AidRule, CaseRule, Condition, PracticePlace, Situation, ZoningState
from aids.vocabulary import Mark, TimeState


class State(IntEnum):
    """Of a case or of an aid, from worst to best."""

    NOT_ELIGIBLE = 0
    TO_CHECK = 1
    ELIGIBLE = 2


class Result(NamedTuple):
    """One condition against one situation."""

    condition: Condition
    outcome: Outcome


class CaseVerdict(NamedTuple):
    """One case: its state and each of its conditions, the common ones first."""

    case: CaseRule
    state: State
    results: tuple[Result, ...]


class Verdict(NamedTuple):
    """The answer for one aid on one day; aids/reasons.py says it in French.

    `questions` are the kinds of conditions whose answer would settle a verdict to be checked, in the order of
    the vocabulary; empty when only the aid itself, not the person, is uncertain.
    """

    aid: AidRule
    state: State
    time_state: TimeState
    cases: tuple[CaseVerdict, ...]
    exclusions: tuple[Result, ...]
    questions: tuple[Kind, ...]

    @property
    def possible_cases(self) -> tuple[CaseVerdict, ...]:
        """The cases that count: the granted ones, else those still to be checked."""
        best = max((verdict.state for verdict in self.cases), default=State.NOT_ELIGIBLE)
        if best == State.NOT_ELIGIBLE or self.state == State.NOT_ELIGIBLE:
            return ()
        return tuple(verdict for verdict in self.cases if verdict.state == best)


def evaluate(aid: AidRule, situation: Situation, on_date: date) -> Verdict:
    """The verdict for `aid` in `situation` on the day of the project."""
    common = _results(aid.common, situation, on_date)
    cases = tuple(_case(case, common, situation, on_date) for case in aid.cases)
    exclusions = _results(aid.exclusions, situation, on_date)
    time_state = aid.state_on(on_date)
    state = _state(aid, time_state, cases, exclusions, on_date)
    questions = _questions(cases, exclusions, situation, on_date) if state == State.TO_CHECK else ()
    return Verdict(aid, state, time_state, cases, exclusions, questions)


def evaluate_all(aids: Iterable[AidRule], situation: Situation, on_date: date) -> list[Verdict]:
    """One verdict for each aid, local variants standing in for their generic aid (see `shown`)."""
    return [evaluate(aid, situation, on_date) for aid in shown(aids, situation, on_date)]


def shown(aids: Iterable[AidRule], situation: Situation, on_date: date) -> list[AidRule]:
    """`aids` without the generic ones that a local variant, open that day and sure to cover the place, replaces."""
    aids = list(aids)
    replaced = {aid.variant_of for aid in aids if aid.variant_of and _covers(aid, situation, on_date)}
    return [aid for aid in aids if aid.code not in replaced]


def _covers(aid: AidRule, situation: Situation, on_date: date) -> bool:
    return aid.state_on(on_date) == TimeState.OPEN and all(
        outcome(condition, situation, on_date) == Outcome.MET
        for condition in aid.common
        if condition.kind == Kind.TERRITORY
    )


def _results(conditions: Iterable[Condition], situation: Situation, on_date: date) -> tuple[Result, ...]:
    return tuple(Result(condition, outcome(condition, situation, on_date)) for condition in conditions)


def _case(case: CaseRule, common: tuple[Result, ...], situation: Situation, on_date: date) -> CaseVerdict:
    results = common + _results(case.conditions, situation, on_date)
    worst = min((result.outcome for result in results), default=Outcome.MET)
    if worst == Outcome.MET and case.mark == Mark.TO_CHECK:
        return CaseVerdict(case, State.TO_CHECK, results)
    return CaseVerdict(case, State(worst), results)


def _state(aid: AidRule, time_state: TimeState, cases, exclusions, on_date: date) -> State:
    """The best case, unless closed, not open yet or excluded; never better than what is known of the aid."""
    if time_state == TimeState.CLOSED or (aid.opens_on and on_date < aid.opens_on):
        return State.NOT_ELIGIBLE
    best = max((verdict.state for verdict in cases), default=State.NOT_ELIGIBLE)
    excluded = max((_exclusion(result) for result in exclusions), default=Outcome.UNMET)
    if excluded == Outcome.MET:
        return State.NOT_ELIGIBLE
    uncertain = excluded == Outcome.UNKNOWN or time_state == TimeState.ANNOUNCED or aid.mark == Mark.TO_CHECK
    return min(best, State.TO_CHECK) if uncertain else best


def _exclusion(result: Result) -> Outcome:
    """An exclusion that is itself to be checked never excludes for sure."""
    doubtful = result.condition.mark == Mark.TO_CHECK
    return min(result.outcome, Outcome.UNKNOWN) if doubtful else result.outcome


def _questions(cases, exclusions, situation: Situation, on_date: date) -> tuple[Kind, ...]:
    """Kinds whose answer is missing; an answered condition that is itself to be checked asks nothing."""
    results = [r for verdict in cases if verdict.state != State.NOT_ELIGIBLE for r in verdict.results]
    unsettled = [result.condition for result in (*results, *exclusions) if result.outcome == Outcome.UNKNOWN]
    asked = {c.kind for c in unsettled if c.kind.declaration.read(c, situation, on_date) == Outcome.UNKNOWN}
    return tuple(kind for kind in Kind if kind in asked)


# --- one condition ------------------------------------------------------------------------------------------


def outcome(condition: Condition, situation: Situation, on_date: date) -> Outcome:
    """Whether `situation` meets `condition`, fails it, or does not say.

    A condition that is itself to be checked never refuses anybody: failing it leaves the question open.
    """
    found = condition.kind.declaration.read(condition, situation, on_date)
    return Outcome.UNKNOWN if found == Outcome.UNMET and condition.mark == Mark.TO_CHECK else found


# --- what of a place the rules can see -----------------------------------------------------------------------------


class Sight(NamedTuple):
    """What a set of aids looks at in a place."""

    schemes: tuple[str, ...]
    territories: frozenset[str]


class Signature(NamedTuple):
    """What is left of a place in that sight. Equal signatures: equal verdicts."""

    zonings: tuple[ZoningState | None, ...]
    inside: frozenset[str]
    touching: frozenset[str]


def sight(aids: Iterable[AidRule]) -> Sight:
    """The zonings and territories that the conditions of `aids` name."""
    schemes: set[str] = set()
    territories: set[str] = set()
    for aid in aids:
        for condition in aid.conditions():
            if condition.kind == Kind.ZONING:
                schemes.add(condition.scheme)
            elif condition.kind == Kind.TERRITORY:
                territories |= condition.values
    return Sight(tuple(sorted(schemes)), frozenset(territories))


def signature(place: PracticePlace, seen: Sight) -> Signature:
    """The signature of a place; quick, because a map asks for tens of thousands of them."""
    zonings, inside, touching = place.zonings, place.inside, place.touching
    within = inside & seen.territories
    return Signature(
        tuple([zonings.get(scheme) for scheme in seen.schemes]),
        within,
        within if touching is inside else touching & seen.territories,
    )
