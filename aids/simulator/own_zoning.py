"""The doctors' zoning of the chosen place as the visitor read it, where the guide does not know it.

It enters the engine as the zoning of the place and is always named as the visitor's own. What an edition says wins.
"""

from collections.abc import Iterable
from dataclasses import replace
from typing import NamedTuple

from aids.reasons import Located
from aids.rules import PracticePlace, ZoningState
from aids.simulator.answers import Answers
from aids.simulator.questions import ZONING
from guide.core.french import NBSP
from guide.territories.enums import Level, Scheme


class Told(NamedTuple):
    """The place and the communes around it, with the level that the visitor gave ("" where it did not serve)."""

    place: PracticePlace | None
    around: list[Located]
    level: str = ""


def is_unknown(place: PracticePlace | None) -> bool:
    """Whether the doctors' zoning of the place is unknown, at least of a part of it."""
    state = place.zonings.get(Scheme.DOCTORS.value) if place else None
    return state is None or not state.complete


def told(answers: Answers, place: PracticePlace | None, around: Iterable[Located]) -> Told:
    """The place as the visitor's own answer completes it; a warning where it cannot serve."""
    level, around = answers.one(ZONING.name), list(around)
    if not level:
        return Told(place, around)
    if place is None:
        answers.warnings.append(
            f"Vous donnez un classement sans dire où{NBSP}: il ne sert qu'avec une commune ou un département."
        )
        return Told(place, around)
    if not is_unknown(place):
        answers.warnings.append(
            f"Le zonage médecin est connu ici{NBSP}: c'est lui qui est retenu, et non votre réponse ({level})."
        )
        return Told(place, around)
    state = ZoningState(frozenset() if level == Level.HZ else frozenset({level}))
    here = replace(place, zonings={**place.zonings, Scheme.DOCTORS.value: state})
    return Told(here, [one._replace(place=here) if one.place.code == here.code else one for one in around], level)
