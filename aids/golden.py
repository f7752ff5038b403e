"""Golden cases: situations whose verdicts must not move unseen, and what a change of the rules does to them."""

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any, NamedTuple

from django.db.models import Q
from django.utils import timezone

from aids.amounts import summary
from aids.catalogue import to_rules
from aids.conditions.kinds import ConditionKind
from aids.eligibility import State, Verdict, evaluate_all
from aids.models import Aid
from aids.models import GoldenCase as StoredCase
from aids.practice_places import place_of
from aids.reasons import explain
from aids.rules import AidRule, PracticePlace, Situation, ZoningState
from guide.core.enums import Status
from guide.core.french import NBSP
from guide.territories.enums import Scheme, TerritoryKind
from guide.territories.models import Containment, Territory

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


# --- those of the database, before and after a write ---------------------------------------------------------------

_SCHEMES = {"zone": Scheme.DOCTORS, "frr": Scheme.FRR}


class GoldenWatch:
    """Remembers the rules as they are when it is made; `differences` says what was changed since."""

    def __init__(self):
        self.before = _watched_rules()

    def differences(self) -> list[ChangedVerdict]:
        """Verdicts of the golden cases that the rules of the database, as they are now, have changed."""
        after = _watched_rules()
        if after == self.before:
            return []
        return compare(self.before, after, [golden_case(row.title, row.answers) for row in StoredCase.objects.all()])


def _watched_rules() -> list[AidRule]:
    """Rules that a visitor sees or will see: published ones, those planned for a later day included."""
    ended = Q(unpublish_at__lte=timezone.now())
    return to_rules(Aid.objects.filter(status=Status.PUBLISHED).exclude(ended))


def golden_case(title: str, answers: Mapping[str, Any]) -> GoldenCase:
    """One golden case; `answers` have passed the reader of aids.exchange.golden."""
    day = date.fromisoformat(answers["jour"])
    return GoldenCase(title, situation_of(answers, _place(answers, day)), day)


def _place(answers: Mapping[str, Any], day: date) -> PracticePlace | None:
    """A commune with its zonings on `day`, or any commune of a department; `zone` and `frr` overrule what is known.

    A commune that is not loaded is a commune all the same: in no other territory, of unknown zonings.
    """
    zonings = {
        scheme.value: ZoningState(frozenset({answers[key]})) for key, scheme in _SCHEMES.items() if key in answers
    }
    if code := answers.get("commune"):
        commune = Territory.objects.of_kind(TerritoryKind.COMMUNE).filter(code=code).first()
        place = place_of(commune, day) if commune else PracticePlace(code, code, *[frozenset({f"commune:{code}"})] * 2)
        return PracticePlace(place.code, place.name, place.inside, place.touching, {**place.zonings, **zonings})
    if code := answers.get("departement"):
        inside = _around(code)
        return PracticePlace(code, "Commune type", inside, inside, zonings)
    return None


def _around(code: str) -> frozenset[str]:
    """A department and what contains it: what is true of each of its communes."""
    links = Containment.objects.filter(inner__kind=TerritoryKind.DEPARTMENT, inner__code=code)
    pairs = links.values_list("outer__kind", "outer__code")
    return frozenset({f"department:{code}", *(f"{kind}:{outer}" for kind, outer in pairs)})
