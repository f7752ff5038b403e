"""Near misses of a whole result: where, close by, more would be granted. Pure."""

from collections.abc import Iterable, Sequence
from datetime import date

from aids.amounts import summary
from aids.conditions.declaration import Outcome
from aids.conditions.kinds import PLACE_KINDS
from aids.conditions.kinds import ConditionKind as Kind
from aids.eligibility import State, Verdict
from aids.near_miss import Located, NearMiss, distance_km, near_misses
from aids.signatures import sight, signature
from aids.situations import Situation
from aids.vocabulary import TimeState
from guide.core.french import NBSP, joined, number

PER_AID = 2


def sentences(
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
            found[verdict.aid.code] = [sentence(miss, refused=verdict.state == State.NOT_ELIGIBLE) for miss in misses]
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


def sentence(miss: NearMiss, *, refused: bool) -> str:
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
