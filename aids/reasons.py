"""What the engine found, in French: why a condition is met, unmet or unknown; what would change a refusal. Pure."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date
from typing import NamedTuple

from aids.amounts import Range, summary, total
from aids.conditions.declaration import Outcome
from aids.conditions.kinds import PLACE_KINDS
from aids.conditions.kinds import ConditionKind as Kind
from aids.eligibility import CaseVerdict, Result, State, Verdict, evaluate, sight, signature
from aids.rules import AidRule, Condition, PracticePlace, Situation
from aids.vocabulary import Mark, TimeState
from guide.core.french import NBSP, joined, long_date, number
from guide.territories.positions import great_circle_km

PER_AID = 2  # nearest communes told for one aid

EXCLUDED = "Exclusion :"


def requirement(condition: Condition) -> str:
    """What a condition asks, as an infinitive phrase: "être conventionné en secteur 1"."""
    return condition.kind.declaration.requirement(condition)


def reason(result: Result, situation: Situation) -> str:
    """One condition of a case, explained: what is asked, and what was answered."""
    lead = {Outcome.MET: "Condition remplie :", Outcome.UNMET: "Il faut", Outcome.UNKNOWN: "À vérifier :"}
    return _sentence(lead[result.outcome], result, situation)


def exclusion_reason(result: Result, situation: Situation) -> str:
    """An exclusion, explained; the outcome "met" is the bad one."""
    lead = {
        Outcome.MET: EXCLUDED,
        Outcome.UNMET: "Pas d'exclusion :",
        Outcome.UNKNOWN: "À vérifier, car cela exclut :",
    }
    return _sentence(lead[result.outcome], result, situation)


def _sentence(lead: str, result: Result, situation: Situation) -> str:
    declared = result.condition.kind.declaration
    said = declared.said(result.condition, situation) if result.outcome != Outcome.MET or lead == EXCLUDED else ""
    here = f"{NBSP}; ici{NBSP}: {said}" if said else ""
    return f"{lead.replace(' :', f'{NBSP}:')} {requirement(result.condition)}{result.condition.mark.doubt}{here}."


def time_reason(verdict: Verdict, on_date: date) -> str:
    """Why the day of the project opens, delays or closes the aid; empty when it is simply open."""
    aid = verdict.aid
    if verdict.time_state == TimeState.CLOSED:
        since = f" après le {long_date(aid.closes_on)}" if aid.closes_on else ""
        return f"Cette aide est fermée{since}{NBSP}: aucune nouvelle demande n'est possible."
    if aid.opens_on and on_date < aid.opens_on:
        return f"Cette aide n'est pas encore ouverte{NBSP}: elle ouvre le {long_date(aid.opens_on)}."
    if verdict.time_state == TimeState.ANNOUNCED:
        return f"Cette aide est annoncée, texte d'application attendu{NBSP}: rien ne peut encore être demandé."
    if aid.mark == Mark.TO_CHECK:
        return "L'existence ou les règles de cette aide sont à confirmer auprès de l'organisme qui la verse."
    return ""


def explain(verdict: Verdict, situation: Situation, on_date: date) -> list[str]:
    """The reasons of a verdict, shortest useful list: why not, or what is missing, or what holds.

    A refusal gives the reasons of the case that comes closest (fewest unmet conditions).
    """
    lines = [time_reason(verdict, on_date)]
    # An exclusion that is itself to be checked never refuses for sure: met, it leaves the verdict to be checked.
    bad = {Outcome.MET} if verdict.state == State.NOT_ELIGIBLE else {Outcome.MET, Outcome.UNKNOWN}
    lines += [exclusion_reason(r, situation) for r in verdict.exclusions if r.outcome in bad]
    wanted = {State.NOT_ELIGIBLE: Outcome.UNMET, State.TO_CHECK: Outcome.UNKNOWN, State.ELIGIBLE: Outcome.MET}
    case = closest_case(verdict)
    if case:
        lines += [reason(r, situation) for r in case.results if r.outcome == wanted[verdict.state]]
    return [line for line in dict.fromkeys(lines) if line]


def closest_case(verdict: Verdict) -> CaseVerdict | None:
    """The case nearest to a grant: best state, then fewest unmet and unknown conditions; the first of equals."""
    return max(
        verdict.cases,
        key=lambda case: (
            case.state,
            -sum(r.outcome == Outcome.UNMET for r in case.results),
            -sum(r.outcome == Outcome.UNKNOWN for r in case.results),
        ),
        default=None,
    )


# --- nearest communes where more would be granted -------------------------------------------------------------------


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


def nearby(
    verdicts: Iterable[Verdict], situation: Situation, around: Sequence[Located], day: date
) -> dict[str, list[str]]:
    """By code of aid, the nearest communes where it would be granted or pay more; `around` holds the commune too."""
    here = next((one for one in around if situation.place and one.place.code == situation.place.code), None)
    if here is None:
        return {}
    placed = [v for v in verdicts if v.time_state == TimeState.OPEN and v.state != State.TO_CHECK and _reads_place(v)]
    candidates = _candidates(here, around, placed)
    found = {}
    for verdict in placed:
        misses = near_misses(verdict.aid, situation, here, candidates, day, PER_AID)
        if misses:
            found[verdict.aid.code] = [_gained(miss, refused=verdict.state == State.NOT_ELIGIBLE) for miss in misses]
    return found


def _reads_place(verdict: Verdict) -> bool:
    return any(condition.kind in PLACE_KINDS for condition in verdict.aid.conditions())


def _candidates(here: Located, around: Sequence[Located], verdicts: list[Verdict]) -> list[Located]:
    """The nearest communes of each other signature: places of one signature get one answer."""
    seen = sight(verdict.aid for verdict in verdicts)
    kept = {signature(here.place, seen): PER_AID}
    chosen = []
    for other in sorted(around, key=lambda one: distance_km(here, one)):
        key = signature(other.place, seen)
        kept[key] = kept.get(key, 0) + 1
        if kept[key] <= PER_AID:
            chosen.append(other)
    return chosen


def _gained(miss: NearMiss, *, refused: bool) -> str:
    """`À 6 km, La Ville (ZIP) : 10 000 €`, with the gain when something is already granted here."""
    where = f"À {number(max(1, miss.distance_km))}{NBSP}km, {miss.place.name}"
    levels = _levels(miss)
    where = f"{where} ({levels})" if levels else where
    money = summary(miss.verdict) or "elle vous serait ouverte"
    if refused:
        return f"{where}\u00a0: {money}."
    return f"{where}\u00a0: +{NBSP}{number(miss.gain.low)}{NBSP}€ ({money})."


def _levels(miss: NearMiss) -> str:
    met = {
        level
        for case in miss.verdict.possible_cases
        for result in case.results
        if result.condition.kind == Kind.ZONING and result.outcome == Outcome.MET
        for level in miss.place.zonings[result.condition.scheme].levels & result.condition.values
    }
    return joined(map(Kind.ZONING.declaration.word, sorted(met)), "ou") if met else ""
