"""How many aids each choice of the panel would give: the ways to count that the filters of the catalogue name."""

from collections.abc import Iterable, Mapping
from functools import cached_property
from typing import Any

from aids.eligibility import shown
from aids.listing.facets import Counted, count, fits, tally
from aids.situations import Situation
from aids.vocabulary import TimeState


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
        kept = self._shown(situation) if situation else self._shown_here
        traits = [one for one in self.search.filters if one.trait and one.name != but]
        return [
            aid
            for aid in self.everywhere
            if aid.rule.code in kept
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


def by_trait(counting: Counting, filter: Any) -> Mapping[str, int]:
    """Aids with each trait."""
    return tally(filter.trait(aid) for aid in counting.plain(but=filter.name) if aid.rule.code in counting.fitting)


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
