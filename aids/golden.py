"""Golden cases: situations whose verdicts must not move unseen, and what a change of the rules does to them. Pure."""

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any, NamedTuple

from aids.amounts import summary
from aids.conditions.kinds import ConditionKind
from aids.eligibility import State, Verdict, evaluate_all
from aids.reasons import explain
from aids.rules import AidRule, PracticePlace, Situation
from guide.core.french import NBSP

ABSENT = "non proposée"
_WORDS = {State.ELIGIBLE: "accordée", State.TO_CHECK: "à vérifier", State.NOT_ELIGIBLE: "refusée"}
_MAX_REASONS = 2


class GoldenCase(NamedTuple):
    """One person in one place on one day."""

    title: str
    situation: Situation
    day: date


class ChangedVerdict(NamedTuple):
    """One verdict that the new rules change, in French words; `code` and `name` are those of the aid."""

    case: str
    code: str
    name: str
    before: str
    after: str


def situation_of(answers: Mapping[str, Any], place: PracticePlace | None) -> Situation:
    """The situation that a golden case of the exchange format describes (docs/aids-format.md)."""
    declared = [kind.declaration for kind in ConditionKind]
    given = {one.field: one.load(answers[one.golden]) for one in declared if one.golden in answers}
    return Situation(**given, place=place, checked=answers.get("verifie", {}))


def compare(before: Sequence[AidRule], after: Sequence[AidRule], cases: Iterable[GoldenCase]) -> list[ChangedVerdict]:
    """The verdicts of `cases` that differ between two sets of rules, in the order of cases and of names.

    A verdict differs by its state or by its money; another reason for the same refusal is no difference. An aid
    that one set does not have, or that a local variant hides, is "non proposée".
    """
    found = []
    for case in cases:
        old, new = _verdicts(before, case), _verdicts(after, case)
        names = {code: verdict.aid.name for code, verdict in (old | new).items()}
        for code in sorted(names, key=lambda code: (names[code], code)):
            was, now = old.get(code), new.get(code)
            if _key(was) != _key(now):
                found.append(ChangedVerdict(case.title, code, names[code], _words(was, case), _words(now, case)))
    return found


def fingerprint(differences: Iterable[ChangedVerdict]) -> str:
    """What an editor confirms: these differences and no others, should the rules have moved meanwhile."""
    return hashlib.sha256(repr(list(differences)).encode()).hexdigest()[:32]


def _verdicts(rules: Sequence[AidRule], case: GoldenCase) -> dict[str, Verdict]:
    return {verdict.aid.code: verdict for verdict in evaluate_all(rules, case.situation, case.day)}


def _key(verdict: Verdict | None) -> tuple | None:
    return None if verdict is None else (verdict.state, summary(verdict))


def _words(verdict: Verdict | None, case: GoldenCase) -> str:
    """`accordée : 10 000 €`, `refusée : Il faut être conventionné en secteur 1.`"""
    if verdict is None:
        return ABSENT
    reasons = " ".join(explain(verdict, case.situation, case.day)[:_MAX_REASONS])
    told = summary(verdict) if verdict.state != State.NOT_ELIGIBLE else reasons
    return f"{_WORDS[verdict.state]}{NBSP}: {told}" if told else _WORDS[verdict.state]
