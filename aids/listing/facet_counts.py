"""How many aids each choice of the catalogue's panel would give, the other filters being kept.

The engine reads every condition, so that counts and verdicts agree. A choice that no condition of an aid can tell from
another one is not read again.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

from aids.conditions.declaration import Outcome
from aids.conditions.kinds import PLACE_KINDS
from aids.conditions.kinds import ConditionKind as Kind
from aids.eligibility import outcome, shown
from aids.rules import AidRule, Condition, Situation
from aids.vocabulary import Mark, TimeState

ANY_DAY = date(2000, 1, 1)  # no condition of a catalogue filter reads the day


@dataclass(frozen=True, slots=True)
class Counted:
    """An aid of the catalogue for counting, with what the plain filters read."""

    rule: AidRule
    funder: str
    state: TimeState


class Counting:
    """The aids that hold the words of a search, before its other filters; `situation` is what its answers make."""

    def __init__(self, search: Any, aids: Iterable[Counted]):
        self.search = search
        self.everywhere = list(aids)
        self.situation: Situation = search.situation()

    @cached_property
    def fitting(self) -> set[str]:
        """Codes of the aids that the answers do not refuse."""
        return {aid.rule.code for aid in self.everywhere if fits(aid.rule, self.situation)}

    def plain(self, situation: Situation | None = None, but: str = "") -> list[Counted]:
        """Aids in the state asked for, with the traits asked for (`but` one filter), that no local variant replaces
        at the place of the situation.
        """
        found = self._shown(situation) if situation else self._shown_here
        traits = [one for one in self.search.filters if one.trait and one.name != but]
        return [
            aid
            for aid in self.everywhere
            if aid.rule.code in found
            and self._is_in_state(aid)
            and all(one.trait(aid) in self.search.values[one.name] for one in traits)
        ]

    @cached_property
    def _shown_here(self) -> set[str]:
        return self._shown(self.situation)

    def _shown(self, situation: Situation) -> set[str]:
        return {rule.code for rule in shown(self.search.catalogue.rules, situation, self.search.day)}

    def _is_in_state(self, aid: Counted) -> bool:
        asked = self.search.state
        return aid.state == asked if asked else aid.state != TimeState.CLOSED


# --- the ways to count that filters name ------------------------------------------------------------------------


def by_trait(counting: Counting, filter: Any) -> Mapping[str, int]:
    """Aids with each trait."""
    return Counter(filter.trait(aid) for aid in counting.plain(but=filter.name) if aid.rule.code in counting.fitting)


def by_condition(counting: Counting, filter: Any) -> Mapping[str, int]:
    """Aids that each answer to a kind of condition does not refuse."""
    search, choices = counting.search, counting.search.labels(filter.name)
    there = {choice: filter.situate(search, counting.situation, filter.beside(search, choice)) for choice in choices}
    return count(counting.plain(), filter.kind, there)


def by_department(counting: Counting, filter: Any) -> Mapping[str, int]:
    """Aids that may be had in each department, where other local variants hold."""
    found = {}
    for code in counting.search.labels(filter.name):
        there = filter.situate(counting.search, counting.situation, [code])
        found[code] = sum(fits(aid.rule, there) for aid in counting.plain(there))
    return found


# --- by the engine ----------------------------------------------------------------------------------------------


def fits(rule: AidRule, situation: Situation) -> bool:
    """Whether these answers do not refuse the aid, whenever it opens or closes."""
    if _excluded(rule.exclusions, situation) or _refused(rule.common, situation):
        return False
    return any(not _refused(case.conditions, situation) for case in rule.cases)


def count(aids: Iterable[Counted], kind: Kind, situations: Mapping[str, Situation]) -> Counter[str]:
    """Number of `aids` that fit each choice of one kind; `situations` are the answers with each choice."""
    any_situation = next(iter(situations.values()), Situation())
    found: Counter[str] = Counter()
    for aid in aids:
        named = frozenset().union(*(c.values for c in aid.rule.conditions() if c.kind == kind))
        if not named:
            found.update(situations.keys() if fits(aid.rule, any_situation) else ())
            continue
        known: dict[tuple, bool] = {}
        for choice, situation in situations.items():
            key = _seen(kind, choice, named)
            if key not in known:
                known[key] = fits(aid.rule, situation)
            found[choice] += known[key]
    return found


def _refused(conditions: Iterable[Condition], situation: Situation) -> bool:
    return any(outcome(condition, situation, ANY_DAY) == Outcome.UNMET for condition in conditions)


def _excluded(conditions: Iterable[Condition], situation: Situation) -> bool:
    """An exclusion that is itself to be checked never excludes for sure."""
    return any(c.mark != Mark.TO_CHECK and outcome(c, situation, ANY_DAY) == Outcome.MET for c in conditions)


def _seen(kind: Kind, choice: str, named: frozenset[str]) -> tuple:
    """What of a choice an aid that names `named` can see: aids see choices alike, and are read once for each."""
    if kind in PLACE_KINDS:
        return (choice,)
    terms = kind.declaration.terms
    return terms.possibly(choice) & named, terms.surely(choice) & named
