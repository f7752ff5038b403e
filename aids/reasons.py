"""What the engine found, in French: what each condition asks, and why it is met, unmet or unknown."""

from datetime import date

from aids.conditions.declaration import Outcome
from aids.eligibility import CaseVerdict, Result, State, Verdict
from aids.rules import Condition
from aids.situations import Situation
from aids.vocabulary import Mark, TimeState
from guide.core.french import NBSP, long_date


def requirement(condition: Condition) -> str:
    """What a condition asks, as an infinitive phrase: "être conventionné en secteur 1"."""
    return condition.kind.declaration.requirement(condition)


def reason(result: Result, situation: Situation) -> str:
    """One condition of a case, explained: what is asked, and what was answered."""
    lead = {Outcome.MET: "Condition remplie :", Outcome.UNMET: "Il faut", Outcome.UNKNOWN: "À vérifier :"}
    return _sentence(lead[result.outcome], result, situation)


def exclusion_reason(result: Result, situation: Situation) -> str:
    """An exclusion, explained; the outcome "met" is the bad one."""
    lead = {
        Outcome.MET: "Exclu :",
        Outcome.UNMET: "Pas d'exclusion :",
        Outcome.UNKNOWN: "À vérifier, car cela exclut :",
    }
    return _sentence(lead[result.outcome], result, situation)


def _sentence(lead: str, result: Result, situation: Situation) -> str:
    declared = result.condition.kind.declaration
    said = declared.said(result.condition, situation) if result.outcome != Outcome.MET or lead == "Exclu :" else ""
    here = f"{NBSP}; ici{NBSP}: {said}" if said else ""
    return f"{lead.replace(' :', f'{NBSP}:')} {requirement(result.condition)}{result.condition.mark.doubt}{here}."


def time_reason(verdict: Verdict, on_date: date) -> str:
    """Why the day of the project opens, delays or closes the aid; empty when it is simply open."""
    aid = verdict.aid
    if verdict.time_state == TimeState.CLOSED:
        since = f" après le {long_date(aid.closes_on)}" if aid.closes_on else ""
        return f"Aide close{since}{NBSP}: aucune nouvelle demande."
    if aid.opens_on and on_date < aid.opens_on:
        return f"Pas encore ouverte{NBSP}: elle ouvre le {long_date(aid.opens_on)}."
    if verdict.time_state == TimeState.ANNOUNCED:
        return f"Annoncée{NBSP}: texte d'application attendu, rien ne peut encore être demandé."
    if aid.mark == Mark.TO_CHECK:
        return "Existence ou règles à confirmer auprès du financeur."
    return ""


def explain(verdict: Verdict, situation: Situation, on_date: date) -> list[str]:
    """The reasons of a verdict, shortest useful list: why not, or what is missing, or what holds.

    A refusal gives the reasons of the case that comes closest (fewest unmet conditions).
    """
    lines = [time_reason(verdict, on_date)]
    # An exclusion that is itself to be checked never refuses for sure: met, it leaves the verdict to be checked.
    bad = {Outcome.MET} if verdict.state == State.NOT_ELIGIBLE else {Outcome.MET, Outcome.UNKNOWN}
    lines += [exclusion_reason(r, situation) for r in verdict.exclusions if r.outcome in bad]
    wanted = {State.NOT_ELIGIBLE: Outcome.UNMET, State.TO_CHECK: Outcome.UNKNOWN, State.ELIGIBLE: Outcome.MET}
    case = closest_case(verdict)
    if case:
        lines += [reason(r, situation) for r in case.results if r.outcome == wanted[verdict.state]]
    return [line for line in dict.fromkeys(lines) if line]


def closest_case(verdict: Verdict) -> CaseVerdict | None:
    """The case nearest to a grant: best state, then fewest unmet and unknown conditions; the first of equals."""
    return max(
        verdict.cases,
        key=lambda case: (
            case.state,
            -sum(r.outcome == Outcome.UNMET for r in case.results),
            -sum(r.outcome == Outcome.UNKNOWN for r in case.results),
        ),
        default=None,
    )
