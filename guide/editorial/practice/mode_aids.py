"""What a way to practise changes for the aids: those that it opens, and how many ask for another one."""

from collections.abc import Collection
from typing import Any

from django.urls import reverse
from django.utils import timezone

from aids.aids_of_place import link
from aids.catalogue import current
from aids.conditions.declaration import Outcome
from aids.conditions.kinds import ConditionKind as Kind
from aids.eligibility import State, Verdict, evaluate, shown
from aids.rules import Situation
from aids.vocabulary import TIME_BADGES, Mode, TimeState
from guide.core.french import plural

ABOUT_PRACTICE = (Kind.MODE, Kind.COORDINATED, Kind.STRUCTURE)


def of(mode: str, kinds: Collection[str], version: str) -> dict[str, Any] | None:
    """What practice/_aids.html prints for a mode of the simulator and kinds of structures, at a content version.

    None without a mode: the aids are then those of the practice that it is combined with.
    """
    if not mode:
        return None
    day = timezone.localdate()
    coordinated = True if Mode.COORDINATED in Kind.MODE.declaration.terms.surely(mode) else None
    person = Situation(modes=frozenset({mode}), structures=frozenset(kinds) or None, coordinated=coordinated)
    rules = [rule for rule in current(version).rules if rule.state_on(day) != TimeState.CLOSED]
    verdicts = [evaluate(rule, person, day) for rule in shown(rules, person, day)]
    refused = sum(1 for verdict in verdicts if _is_refused(verdict, day))
    query = f"?{Kind.MODE.value}={mode}"
    return {
        "links": [_link(verdict) for verdict in verdicts if _is_asked(verdict)],
        "others": plural(refused, "autre aide demande", "autres aides demandent") if refused else "",
        "simulator": reverse("aids:simulator") + query,
        "catalogue": reverse("aids:list") + query,
    }


def _is_asked(verdict: Verdict) -> bool:
    """Whether a way to get the aid asks for this practice, and finds it."""
    return verdict.state != State.NOT_ELIGIBLE and any(
        result.condition.kind in ABOUT_PRACTICE and result.outcome == Outcome.MET
        for case in verdict.cases
        if case.state != State.NOT_ELIGIBLE
        for result in case.results
    )


def _is_refused(verdict: Verdict, day) -> bool:
    """Whether this practice alone closes the aid."""
    return verdict.state == State.NOT_ELIGIBLE and evaluate(verdict.aid, Situation(), day).state != State.NOT_ELIGIBLE


def _link(verdict: Verdict) -> dict[str, Any]:
    """With a badge when the aid is not open."""
    found = link(verdict)
    if verdict.time_state == TimeState.OPEN:
        return found
    return found | {"badges": [*found["badges"], TIME_BADGES[verdict.time_state]]}
