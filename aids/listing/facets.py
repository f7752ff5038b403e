"""How many aids each choice of the catalogue's panel would give, the other filters being kept. Pure.

The engine answers, so that the counts and the simulator agree; a choice that no condition of an aid names is like
any other such choice, so each aid is evaluated a few times, not once for each of a hundred choices.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date

from aids.eligibility import State, evaluate
from aids.rules import AidRule
from aids.situations import Situation
from aids.terms import possibly, surely
from aids.vocabulary import ConditionKind as Kind
from aids.vocabulary import TimeState

ANY_DAY = date(2000, 1, 1)  # no condition of a catalogue filter reads the day


@dataclass(frozen=True, slots=True)
class Counted:
    """An aid of the catalogue for counting: its timeless rule, and what the plain filters read."""

    rule: AidRule
    funder: str
    state: TimeState


def timeless(rule: AidRule) -> AidRule:
    """The same rule as if it were open for ever: the catalogue filters time apart."""
    return replace(rule, state=TimeState.OPEN, opens_on=None, closes_on=None)


def fits(rule: AidRule, situation: Situation) -> bool:
    """Whether these answers do not refuse the aid."""
    return evaluate(rule, situation, ANY_DAY).state != State.NOT_ELIGIBLE


def count(
    aids: Iterable[Counted], kind: Kind, choices: Iterable[str], situated: Callable[[str], Situation]
) -> Counter[str]:
    """Number of `aids` that fit each choice; `situated` gives the situation with that choice."""
    choices = list(choices)
    found: Counter[str] = Counter()
    for aid in aids:
        named = frozenset().union(*(c.values for c in aid.rule.conditions() if c.kind == kind))
        known: dict[tuple, bool] = {}
        for choice in choices:
            key = _seen(kind, choice, named)
            if key not in known:
                known[key] = fits(aid.rule, situated(choice))
            found[choice] += known[key]
    return found


def _seen(kind: Kind, choice: str, named: frozenset[str]) -> tuple:
    """What of a choice an aid that names `named` can see."""
    if kind in (Kind.ZONING, Kind.TERRITORY):
        return (choice,)
    return possibly(kind, choice) & named, surely(kind, choice) & named


def tally(values: Iterable[str]) -> Mapping[str, int]:
    """How many of each."""
    return Counter(values)
