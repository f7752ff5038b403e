"""What of a place the rules can see: places of one signature get one answer, so each is evaluated once. Pure."""

from collections.abc import Iterable
from typing import NamedTuple

from aids.conditions.kinds import ConditionKind
from aids.rules import AidRule
from aids.situations import PracticePlace, ZoningState


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
            if condition.kind == ConditionKind.ZONING:
                schemes.add(condition.scheme)
            elif condition.kind == ConditionKind.TERRITORY:
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
