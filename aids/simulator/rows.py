"""One aid of a result, ready to print: what, how much, for what, why, and what to do about it."""

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from django.utils.text import capfirst

from aids.addresses import page_of
from aids.amounts import summary, words
from aids.catalogue import Card, Contact, Sheet
from aids.conditions.declaration import Outcome
from aids.conditions.kinds import ConditionKind as Kind
from aids.eligibility import CaseVerdict, Result, State, Verdict
from aids.near_miss import Change
from aids.reasons import closest_case, exclusion_reason, reason, requirement, time_reason
from aids.rules import AidRule, Condition
from aids.situations import Situation
from aids.vocabulary import ExitKind, Mark, TimeState
from guide.core.french import UNKNOWN, plural
from guide.territories.enums import Scheme
from guide.territories.prepositions import of

Badge = tuple[str, str]
TIME_BADGES: dict[TimeState, Badge] = {
    TimeState.OPEN: ("good", "Ouverte"),
    TimeState.ANNOUNCED: ("notice", "Annoncée"),
    TimeState.CLOSED: ("quiet", "Close"),
}
MARK_BADGES: dict[Mark, Badge] = {
    Mark.HALF: ("notice", "À demi confirmée"),
    Mark.TO_CHECK: ("warm", "À confirmer"),
}
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


class ConditionLine(NamedTuple):
    """One condition: its tone (met, unmet, open) with its word, and the reason."""

    tone: str
    word: str
    text: str


class CaseRow(NamedTuple):
    """One way to get the aid."""

    label: str
    amount: str
    lines: list[ConditionLine]


class AidRow(NamedTuple):
    """One aid of a result. Texts that have nothing to say are empty; `near` and `changes` are sentences."""

    code: str
    name: str
    href: str
    is_refused: bool
    funder: str
    badges: list[Badge]
    summary: str
    amount: str
    commitment: str
    note: str
    missing: str
    reasons: list[str]
    cases: list[CaseRow]
    contact: Contact | None
    near: list[str]
    changes: list[str]


def row(
    verdict: Verdict,
    card: Card,
    sheet: Sheet,
    situation: Situation,
    day: date,
    near: Sequence[str] = (),
    changes: Sequence[Change] = (),
) -> AidRow:
    """The row of a verdict given on `day`; `near` says where else, `changes` which other answer.

    A refusal that nothing of these can lift gives its reasons, without the conditions that are met.
    """
    aid = verdict.aid
    possible = [_change(change, aid) for change in changes]
    is_refused = verdict.state == State.NOT_ELIGIBLE
    return AidRow(
        code=aid.code,
        name=aid.name,
        href=page_of(aid.code),
        is_refused=is_refused,
        funder=card.funder,
        badges=badges(aid, verdict.time_state),
        summary=card.summary,
        amount=summary(verdict),
        commitment=commitment(aid),
        note=time_reason(verdict, day),
        missing=missing(verdict, situation),
        reasons=_refusals(verdict, situation, day) if is_refused else [],
        cases=_cases(verdict, situation) if not is_refused or near or possible else [],
        contact=sheet.contacts[0] if sheet.contacts else None,
        near=list(near),
        changes=possible,
    )


def badges(aid: AidRule, state: TimeState) -> list[Badge]:
    """What must be seen at once: not open, not confirmed."""
    found = [TIME_BADGES[state]] if state != TimeState.OPEN else []
    return found + ([MARK_BADGES[aid.mark]] if aid.mark in MARK_BADGES else [])


def commitment(aid: AidRule) -> str:
    """What the person owes, in one sentence; "non renseigné" when no source says it."""
    owed = aid.commitment
    text = owed.text
    if not text and owed.months:
        text = f"{plural(owed.months, 'mois', 'mois')} d'exercice"
    if not text:
        text = "aucun engagement de durée" if aid.exit.kind == ExitKind.NONE else UNKNOWN
    return f"{text.rstrip('.')} ({owed.mark.label})" if owed.mark != Mark.CONFIRMED and owed.text else text


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
    """Each zoning that would settle the verdict, by its short name."""
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


def _cases(verdict: Verdict, situation: Situation) -> list[CaseRow]:
    """The cases that count, or the nearest one when none does; the exclusions end each list."""
    nearest = closest_case(verdict)
    chosen = verdict.possible_cases or ((nearest,) if nearest else ())
    excluded = [ConditionLine(*_exclusion_symbol(r), exclusion_reason(r, situation)) for r in verdict.exclusions]
    return [_case(case, situation, excluded) for case in chosen]


def _exclusion_symbol(result: Result) -> tuple[str, str]:
    """An exclusion that is met is the bad one; one that is itself to be checked leaves the question open."""
    if result.outcome == Outcome.MET and result.condition.mark != Mark.TO_CHECK:
        return SYMBOLS[Outcome.UNMET]
    return SYMBOLS[Outcome.MET if result.outcome == Outcome.UNMET else Outcome.UNKNOWN]


def _case(case: CaseVerdict, situation: Situation, excluded: list[ConditionLine]) -> CaseRow:
    amounts = " + ".join(words(amount) for amount in case.case.amounts)
    lines = [ConditionLine(*SYMBOLS[r.outcome], _bare(r, situation)) for r in case.results]
    return CaseRow(case.case.label, amounts, lines + excluded)


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
