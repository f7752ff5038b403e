"""What would change a refusal: the nearest communes where it would be granted, or one other answer. Pure."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date, timedelta
from typing import NamedTuple

from aids.amounts import Range, total
from aids.eligibility import Outcome, State, Verdict, evaluate
from aids.rules import AidRule, Condition
from aids.signatures import Signature, sight, signature
from aids.situations import Place, Situation
from aids.vocabulary import NUMBERS, PLACE_KINDS, YES_NO
from aids.vocabulary import ConditionKind as Kind
from guide.territories.distances import great_circle_km


class Located(NamedTuple):
    """A commune and its position, WGS84 degrees."""

    place: Place
    latitude: float
    longitude: float


class NearMiss(NamedTuple):
    """A commune where more would be granted: how far, in km, what more, in euros, and the verdict there."""

    place: Place
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
        verdict = _verdict(aid, situation, other.place, signature(other.place, seen), verdicts, on_date)
        if verdict.state != State.ELIGIBLE:
            continue
        gain = _minus(_paid(verdict), paid_here)
        if now.state == State.NOT_ELIGIBLE or gain.low > 0:
            found.append(NearMiss(other.place, distance_km(here, other), gain, verdict))
    return sorted(found, key=lambda miss: (miss.distance_km, miss.place.code))[:limit]


def _verdict(aid, situation, place: Place, key: Signature, known: dict[Signature, Verdict], on_date) -> Verdict:
    if key not in known:
        known[key] = evaluate(aid, replace(situation, place=place), on_date)
    return known[key]


def _paid(verdict: Verdict) -> Range:
    """Euros of the most favourable granted case; nothing when refused."""
    return max((total(case.case.amounts) for case in verdict.possible_cases), default=total([]))


def _minus(left: Range, right: Range) -> Range:
    return Range(left.low - right.low, left.high - right.high)


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
        for changed in _answers(condition, situation, on_date, wanted=wanted):
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


_FIELDS: dict[str, str] = {
    Kind.PROFILE: "profiles",
    Kind.SPECIALTY: "specialty",
    Kind.MODE: "modes",
    Kind.SECTOR: "sector",
    Kind.STRUCTURE: "structures",
    Kind.FIRST_INSTALLATION: "first_installation",
    Kind.INSTALLATION_AGE: "installed_on",
    Kind.INSTALLATION_DATE: "installed_on",
    Kind.HALF_DAYS: "half_days",
    Kind.COORDINATED: "coordinated",
    Kind.DUTY: "duty",
    Kind.EMPLOYEES: "employees",
    Kind.TAX_REGIME: "tax_regime",
    Kind.SAME_CATEGORY: "same_category",
    Kind.AGE: "age",
}
_SETS = frozenset({Kind.PROFILE, Kind.MODE, Kind.STRUCTURE})


def _answers(condition: Condition, situation: Situation, on_date: date, *, wanted: bool) -> Iterator[Situation]:
    """Situations that differ by the one answer that `condition` reads."""
    if condition.kind == Kind.FREE:
        yield replace(situation, checked={**situation.checked, condition.code: wanted})
        return
    for value in _values(condition, on_date, wanted=wanted):
        yield replace(situation, **{_FIELDS[condition.kind]: value})


def _values(condition: Condition, on_date: date, *, wanted: bool) -> list:
    kind = condition.kind
    if kind in YES_NO:
        return [condition.expected if wanted else not condition.expected]
    if kind == Kind.INSTALLATION_DATE:
        inside = [day for day in (condition.after, condition.before) if day]
        outside = [day + timedelta(days=step) for day, step in _beyond(condition)]
        return inside if wanted else outside
    if kind == Kind.INSTALLATION_AGE:
        return [_months_before(on_date, months) for months in _edges(condition, wanted=wanted)]
    if kind in NUMBERS:
        return _edges(condition, wanted=wanted)
    if not wanted:  # another profile, specialty or mode is another person, not another answer
        return []
    values = sorted(condition.values)
    return [frozenset({value}) for value in values] if kind in _SETS else values


def _edges(condition: Condition, *, wanted: bool) -> list[int]:
    """The bounds themselves, or the first numbers beyond them."""
    least, most = condition.minimum, condition.maximum
    if wanted:
        return [bound for bound in (least, most) if bound is not None]
    beyond = [] if least is None else [least - 1]
    beyond += [] if most is None else [most + 1]
    return [number for number in beyond if number >= 0]


def _beyond(condition: Condition) -> list[tuple[date, int]]:
    before = [(condition.after, -1)] if condition.after else []
    return before + ([(condition.before, 1)] if condition.before else [])


def _months_before(day: date, months: int) -> date:
    """The first day that lies `months` whole months before `day` (28th at most, so that every month has it)."""
    index = day.year * 12 + day.month - 1 - months
    return date(index // 12, index % 12 + 1, min(day.day, 28))
