"""Golden cases against the rules of the database: what a write changes, before it is kept."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.db.models import Q
from django.utils import timezone

from aids import golden
from aids.golden import ChangedVerdict, situation_of
from aids.loading import to_rules
from aids.models import Aid, GoldenCase
from aids.practice_places import place_of
from aids.rules import AidRule, PracticePlace, ZoningState
from guide.core.enums import Status
from guide.territories.enums import Scheme, TerritoryKind
from guide.territories.models import Containment, Territory

_SCHEMES = {"zone": Scheme.DOCTORS, "frr": Scheme.FRR}


class GoldenWatch:
    """Remembers the rules as they are when it is made; `differences` says what was changed since."""

    def __init__(self):
        self.before = watched_rules()

    def differences(self) -> list[ChangedVerdict]:
        """Verdicts of the golden cases that the rules of the database, as they are now, have changed."""
        after = watched_rules()
        return [] if after == self.before else golden.compare(self.before, after, golden_cases())


def watched_rules() -> list[AidRule]:
    """Rules that a visitor sees or will see: published ones, those planned for a later day included."""
    ended = Q(unpublish_at__lte=timezone.now())
    return to_rules(Aid.objects.filter(status=Status.PUBLISHED).exclude(ended))


def golden_cases() -> list[golden.GoldenCase]:
    """The golden cases of the database, in their order, each in its place."""
    return [golden_case(row.title, row.answers) for row in GoldenCase.objects.all()]


def golden_case(title: str, answers: Mapping[str, Any]) -> golden.GoldenCase:
    """One golden case; `answers` have passed the reader of aids.exchange.golden_schema."""
    day = date.fromisoformat(answers["jour"])
    return golden.GoldenCase(title, situation_of(answers, _place(answers, day)), day)


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
