"""One aid of a result, ready to print: what, how much, for what, why, and what to do about it."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.utils.text import capfirst

from aids.addresses import page_of
from aids.amounts import summary, words
from aids.badges import MARK_BADGES, TIME_BADGES
from aids.catalogue import Sheet
from aids.conditions.declaration import Outcome
from aids.conditions.kinds import ConditionKind as Kind
from aids.eligibility import Result, State, Verdict
from aids.reasons import Change, closest_case, exclusion_reason, reason, requirement, time_reason
from aids.rules import AidRule, Condition, Situation
from aids.vocabulary import ExitKind, Mark, TimeState
from guide.core.french import UNKNOWN, plural
from guide.territories.enums import Scheme
from guide.territories.prepositions import of

SYMBOLS = {
    Outcome.MET: ("met", "Remplie"),
    Outcome.UNMET: ("unmet", "Non remplie"),
    Outcome.UNKNOWN: ("open", "À vérifier"),
}
SCHEME_WORDS = {
    Scheme.DOCTORS.value: "zonage médecin",
    Scheme.FRR.value: "FRR",
    Scheme.QPV.value: "quartier prioritaire",
    Scheme.RED_ZONE.value: "zone rouge",
}


def verdict_row(
    verdict: Verdict,
    sheet: Sheet,
    situation: Situation,
    day: date,
    near: Sequence[str] = (),
    changes: Sequence[Change] = (),
) -> dict[str, Any]:
    """One aid of a result, given on `day`, as aids/_verdicts.html prints it; texts that have nothing to say are empty.

    `near` says where else, `changes` which other answer. A refusal that nothing of these can lift gives its reasons,
    without the conditions that are met.
    """
    aid = verdict.aid
    possible = [_change(change, aid) for change in changes]
    is_refused = verdict.state == State.NOT_ELIGIBLE
    badges = [] if verdict.time_state == TimeState.OPEN else [TIME_BADGES[verdict.time_state]]
    return {
        "name": aid.name,
        "href": page_of(aid.code),
        "is_refused": is_refused,
        "funder": sheet.funder,
        "badges": [*badges, *MARK_BADGES[aid.mark]],
        "summary": sheet.summary,
        "amount": summary(verdict),
        "commitment": commitment(aid),
        "note": time_reason(verdict, day),
        "missing": missing(verdict, situation),
        "reasons": _refusals(verdict, situation, day) if is_refused else [],
        "cases": _cases(verdict, situation) if not is_refused or near or possible else [],
        "contact": sheet.contacts[0] if sheet.contacts else None,
        "near": near,
        "changes": possible,
    }


def commitment(aid: AidRule) -> str:
    """What the person owes, in one sentence; "non renseigné" when no source says it."""
    owed = aid.commitment
    text = owed.text
    if not text and owed.months:
        text = f"{plural(owed.months, 'mois', 'mois')} d'exercice"
    if not text:
        text = "aucun engagement de durée" if aid.exit.kind == ExitKind.NONE else UNKNOWN
    return f"{text.rstrip('.')}{owed.mark.doubt}" if owed.mark.doubt and owed.text else text


def missing(verdict: Verdict, situation: Situation) -> str:
    """What is not known yet, as the end of "il manque : …"; empty unless the verdict is to be checked."""
    named = []
    for kind in verdict.questions:
        if kind == Kind.ZONING:
            named += _missing_zonings(verdict, situation)
        elif kind == Kind.FREE:
            named += [f"à vérifier, {c.text}" for c in _unknown(verdict, kind)]
        else:
            named.append(kind.declaration.missing or kind.label)
    return ", ".join(dict.fromkeys(named))


def _missing_zonings(verdict: Verdict, situation: Situation) -> list[str]:
    place = situation.place
    is_commune = place is not None and f"commune:{place.code}" in place.inside
    whose = f"le classement {of(place.name)}" if is_commune else "la commune et son classement"
    return [f"{whose} ({SCHEME_WORDS[c.scheme]})" for c in _unknown(verdict, Kind.ZONING)]


def _unknown(verdict: Verdict, kind: Kind) -> list[Condition]:
    """The conditions of one kind that no answer settles yet, in the cases that count."""
    results = [r for case in verdict.possible_cases for r in case.results] + list(verdict.exclusions)
    return [r.condition for r in results if r.condition.kind == kind and r.outcome == Outcome.UNKNOWN]


def _refusals(verdict: Verdict, situation: Situation, day: date) -> list[str]:
    """Why not: the dates, what excludes, and what the nearest case lacks."""
    lines = [time_reason(verdict, day)]
    if verdict.time_state != TimeState.CLOSED:
        lines += [exclusion_reason(r, situation) for r in verdict.exclusions if r.outcome == Outcome.MET]
        case = closest_case(verdict)
        lines += [reason(r, situation) for r in case.results if r.outcome == Outcome.UNMET] if case else []
    return [line for line in dict.fromkeys(lines) if line]


def _cases(verdict: Verdict, situation: Situation) -> list[dict[str, Any]]:
    """The cases that count, or the nearest one when none does, with (tone, word, reason) of each condition; the
    exclusions end each list.
    """
    nearest = closest_case(verdict)
    chosen = verdict.possible_cases or ((nearest,) if nearest else ())
    excluded = [(*_exclusion_symbol(r), exclusion_reason(r, situation)) for r in verdict.exclusions]
    return [
        {
            "label": one.case.label,
            "amount": " + ".join(words(amount) for amount in one.case.amounts),
            "lines": [(*SYMBOLS[r.outcome], _bare(r, situation)) for r in one.results] + excluded,
        }
        for one in chosen
    ]


def _exclusion_symbol(result: Result) -> tuple[str, str]:
    """An exclusion that is met is the bad one; one that is itself to be checked leaves the question open."""
    if result.outcome == Outcome.MET and result.condition.mark != Mark.TO_CHECK:
        return SYMBOLS[Outcome.UNMET]
    return SYMBOLS[Outcome.MET if result.outcome == Outcome.UNMET else Outcome.UNKNOWN]


def _bare(result: Result, situation: Situation) -> str:
    """The reason without the words that the symbol beside it already says."""
    text = reason(result, situation)
    for lead in ("Condition remplie\u00a0: ", "À vérifier\u00a0: "):
        text = text.removeprefix(lead)
    return capfirst(text)


def _change(change: Change, aid: AidRule) -> str:
    """`Être conventionné en secteur 1 : vous pourriez l'obtenir.`"""
    asked = requirement(change.condition)
    if change.condition in aid.exclusions:
        asked = f"ne pas être dans ce cas\u00a0: {asked}"
    effect = "vous l'obtiendriez" if change.state == State.ELIGIBLE else "elle serait à vérifier"
    return f"{capfirst(asked)}\u00a0: {effect}."
