"""How many aids each choice of the catalogue's panel would give, the other filters being kept. Pure.

The engine reads every condition, so that counts and verdicts agree. What does not depend on the choice is read once
for each aid; a choice that no condition of an aid can tell from another one is not read again.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from aids.conditions.declaration import Outcome
from aids.conditions.kinds import PLACE_KINDS
from aids.conditions.kinds import ConditionKind as Kind
from aids.eligibility import outcome
from aids.rules import AidRule, Condition
from aids.situations import Situation
from aids.vocabulary import Mark, TimeState

ANY_DAY = date(2000, 1, 1)  # no condition of a catalogue filter reads the day
Test = Callable[[Condition], bool]


@dataclass(frozen=True, slots=True)
class Counted:
    """An aid of the catalogue for counting, with what the plain filters read."""

    rule: AidRule
    funder: str
    state: TimeState


def fits(rule: AidRule, situation: Situation) -> bool:
    """Whether these answers do not refuse the aid, whenever it opens or closes."""
    return bool(_open_cases(rule, situation, lambda condition: True))


def count(aids: Iterable[Counted], kind: Kind, situations: Mapping[str, Situation]) -> Counter[str]:
    """Number of `aids` that fit each choice of one kind; `situations` are the answers with each choice."""
    any_situation = next(iter(situations.values()), Situation())
    found: Counter[str] = Counter()
    for aid in aids:
        cases = _open_cases(aid.rule, any_situation, lambda condition: condition.kind != kind)
        if not cases:
            continue
        about = [c for c in aid.rule.conditions() if c.kind == kind]
        if not about:
            found.update(situations.keys())
            continue
        named = frozenset().union(*(c.values for c in about))
        known: dict[tuple, bool] = {}
        for choice, situation in situations.items():
            key = _seen(kind, choice, named)
            if key not in known:
                known[key] = _fits_choice(aid.rule, cases, kind, situation)
            found[choice] += known[key]
    return found


def _open_cases(rule: AidRule, situation: Situation, test: Test) -> list[tuple[Condition, ...]]:
    """Conditions of the cases that are not refused, only the conditions that pass `test` being read."""
    if _excluded(rule.exclusions, situation, test) or _refused(rule.common, situation, test):
        return []
    return [case.conditions for case in rule.cases if not _refused(case.conditions, situation, test)]


def _fits_choice(rule: AidRule, cases: list[tuple[Condition, ...]], kind: Kind, situation: Situation) -> bool:
    def test(condition: Condition) -> bool:
        return condition.kind == kind

    if _excluded(rule.exclusions, situation, test) or _refused(rule.common, situation, test):
        return False
    return any(not _refused(conditions, situation, test) for conditions in cases)


def _refused(conditions: Iterable[Condition], situation: Situation, test: Test) -> bool:
    return any(test(c) and outcome(c, situation, ANY_DAY) == Outcome.UNMET for c in conditions)


def _excluded(conditions: Iterable[Condition], situation: Situation, test: Test) -> bool:
    """An exclusion that is itself to be checked never excludes for sure."""
    return any(
        test(c) and c.mark != Mark.TO_CHECK and outcome(c, situation, ANY_DAY) == Outcome.MET for c in conditions
    )


def _seen(kind: Kind, choice: str, named: frozenset[str]) -> tuple:
    """What of a choice an aid that names `named` can see."""
    if kind in PLACE_KINDS:
        return (choice,)
    terms = kind.declaration.terms
    return terms.possibly(choice) & named, terms.surely(choice) & named


def tally(values: Iterable[str]) -> Mapping[str, int]:
    """How many of each."""
    return Counter(values)
