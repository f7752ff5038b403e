"""What would change a refusal: the nearest communes where it would be granted, or one other answer. Pure."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date
from typing import NamedTuple

from aids.amounts import Range, total
from aids.conditions.declaration import Outcome
from aids.conditions.kinds import PLACE_KINDS
from aids.conditions.kinds import ConditionKind as Kind
from aids.eligibility import State, Verdict, evaluate
from aids.rules import AidRule, Condition
from aids.signatures import sight, signature
from aids.situations import PracticePlace, Situation
from guide.territories.distances import great_circle_km


class Located(NamedTuple):
    """A commune and its position, WGS84 degrees."""

    place: PracticePlace
    latitude: float
    longitude: float


class NearMiss(NamedTuple):
    """A commune where more would be granted: how far, in km, what more, in euros, and the verdict there."""

    place: PracticePlace
    distance_km: float
    gain: Range
    verdict: Verdict


class Change(NamedTuple):
    """One other answer that lifts the refusal: the condition that asks for it, and the state that follows."""

    condition: Condition
    situation: Situation
    state: State


def near_misses(
    aid: AidRule,
    situation: Situation,
    here: Located,
    places: Iterable[Located],
    on_date: date,
    limit: int = 3,
) -> list[NearMiss]:
    """The nearest of `places` where `aid` is surely granted and pays more than here, nearest first.

    Empty when the verdict here is uncertain: nothing can be gained over an unknown. Each distinct signature of
    place is evaluated once.
    """
    now = evaluate(aid, replace(situation, place=here.place), on_date)
    if now.state == State.TO_CHECK:
        return []
    seen, verdicts = sight([aid]), {}
    paid_here = _paid(now)
    found = []
    for other in places:
        if other.place.code == here.place.code:
            continue
        key = signature(other.place, seen)
        if key not in verdicts:
            verdicts[key] = evaluate(aid, replace(situation, place=other.place), on_date)
        verdict = verdicts[key]
        if verdict.state != State.ELIGIBLE:
            continue
        paid = _paid(verdict)
        gain = Range(paid.low - paid_here.low, paid.high - paid_here.high)
        if now.state == State.NOT_ELIGIBLE or gain.low > 0:
            found.append(NearMiss(other.place, distance_km(here, other), gain, verdict))
    return sorted(found, key=lambda miss: (miss.distance_km, miss.place.code))[:limit]


def _paid(verdict: Verdict) -> Range:
    """Euros of the most favourable granted case; nothing when refused."""
    return max((total(case.case.amounts) for case in verdict.possible_cases), default=total([]))


def distance_km(here: Located, there: Located) -> float:
    """Great-circle distance."""
    return great_circle_km(here.latitude, here.longitude, there.latitude, there.longitude)


# --- one other answer ------------------------------------------------------------------------------------------


def single_changes(aid: AidRule, situation: Situation, on_date: date) -> list[Change]:
    """The single answers, place apart, that would lift the refusal of `aid`; each one is proved by evaluation."""
    verdict = evaluate(aid, situation, on_date)
    if verdict.state != State.NOT_ELIGIBLE:
        return []
    changes: dict[Condition, Change] = {}
    for condition, wanted in _blocking(verdict):
        for changed in condition.kind.declaration.changed(condition, situation, on_date, wanted=wanted):
            state = evaluate(aid, changed, on_date).state
            if state != State.NOT_ELIGIBLE and (condition not in changes or state > changes[condition].state):
                changes[condition] = Change(condition, changed, state)
    kinds = list(Kind)
    return sorted(changes.values(), key=lambda change: (-change.state, kinds.index(change.condition.kind)))


def _blocking(verdict: Verdict) -> Iterator[tuple[Condition, bool]]:
    """Conditions that refuse, with whether they should be met (a condition) or not (an exclusion)."""
    for result in verdict.exclusions:
        if result.outcome == Outcome.MET and result.condition.kind not in PLACE_KINDS:
            yield result.condition, False
    for case in verdict.cases:
        for result in case.results:
            if result.outcome == Outcome.UNMET and result.condition.kind not in PLACE_KINDS:
                yield result.condition, True
