"""One result: the answers against all the live aids, and each aid ready to print: what, how much, why, what to do."""

from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.utils.text import capfirst

from aids.addresses import page_of
from aids.amounts import one_line, together
from aids.catalogue import Catalogue
from aids.conditions.declaration import Outcome
from aids.conditions.kinds import PLACE_KINDS
from aids.conditions.kinds import ConditionKind as Kind
from aids.eligibility import Result, State, Verdict, evaluate_all, sight
from aids.reasons import (
    Change,
    Located,
    closest_case,
    exclusion_reason,
    explain,
    nearby,
    reason,
    requirement,
    single_changes,
    time_reason,
)
from aids.rules import AidRule, Condition, Situation
from aids.simulator.answers import Answers, Surroundings, practice_place
from aids.simulator.own_zoning import told
from aids.sums import Plan, best_plan, offers
from aids.vocabulary import MARK_BADGES, TIME_BADGES, ExitKind, Mark, TimeState
from guide.core.french import UNKNOWN, of, plural
from guide.territories.enums import Scheme

# Another person is no other answer; another place is told apart, with its distance.
FIXED = PLACE_KINDS | {kind for kind in Kind if kind.declaration.of_person}


@dataclass(slots=True)
class Simulation:
    """What the simulator found. By code of aid: sentences on where else it brings more (`near`), and the single
    answers that would lift its refusal (`changes`). `own_level`: the zoning that the visitor gave, where it served.
    """

    answers: Answers
    catalogue: Catalogue
    places: Surroundings
    situation: Situation
    granted: list[Verdict]
    to_check: list[Verdict]
    refused: list[Verdict]
    closed: list[Verdict]
    plan: Plan
    own_level: str = ""
    near: dict[str, list[str]] = field(default_factory=dict)
    changes: dict[str, list[Change]] = field(default_factory=dict)

    @property
    def day(self) -> date:
        return self.answers.day


def simulate(answers: Answers, places: Surroundings, catalogue: Catalogue) -> Simulation:
    """The result of the answers, with what another place or another answer would bring."""
    found, around = judge(answers, places, catalogue)
    person, day = found.situation, found.day
    found.near = nearby([*found.granted, *found.refused], person, around, day)
    found.changes = {verdict.aid.code: _changes(verdict, person, day) for verdict in found.refused}
    return found


def judge(answers: Answers, places: Surroundings, catalogue: Catalogue) -> tuple[Simulation, list[Located]]:
    """The verdicts alone and their sum, and the communes around as the rules see them."""
    found = practice_place(places, sight(catalogue.rules), answers.day, catalogue.version)
    place, around, own_level = told(answers, *found)
    person, day = answers.situation(place), answers.day
    verdicts = evaluate_all(catalogue.rules, person, day)
    current = [verdict for verdict in verdicts if verdict.time_state != TimeState.CLOSED]
    granted = [verdict for verdict in current if verdict.state == State.ELIGIBLE]
    simulation = Simulation(
        answers,
        catalogue,
        places,
        person,
        granted=granted,
        to_check=[verdict for verdict in current if verdict.state == State.TO_CHECK],
        refused=[verdict for verdict in current if verdict.state == State.NOT_ELIGIBLE],
        closed=[verdict for verdict in verdicts if verdict.time_state == TimeState.CLOSED],
        plan=best_plan(offers(granted, person.study_months_left), catalogue.conflicts),
        own_level=own_level,
    )
    return simulation, around


def _changes(verdict: Verdict, person: Situation, day: date) -> list[Change]:
    if not _hangs_on_one_answer(verdict):
        return []
    return [one for one in single_changes(verdict.aid, person, day) if one.condition.kind not in FIXED]


def _hangs_on_one_answer(verdict: Verdict) -> bool:
    """Whether one case, or an exclusion, fails on answers of a single kind that a person may choose."""
    refusals = [{r.condition.kind for r in case.results if r.outcome == Outcome.UNMET} for case in verdict.cases]
    refusals.append({r.condition.kind for r in verdict.exclusions if r.outcome == Outcome.MET})
    return any(len(kinds) == 1 and not kinds & FIXED for kinds in refusals)


# --- one aid, ready to print -----------------------------------------------------------------------------------------

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


def verdict_row(simulation: Simulation, verdict: Verdict) -> dict[str, Any]:
    """One aid of a result as aids/_verdicts.html prints it; texts that have nothing to say are empty.

    `near` says where else, `changes` which other answer. A refusal that nothing of these can lift gives its reasons,
    without the conditions that are met.
    """
    aid, situation = verdict.aid, simulation.situation
    sheet, near = simulation.catalogue.sheets[aid.code], simulation.near.get(aid.code, ())
    possible = [_change(change, aid) for change in simulation.changes.get(aid.code, ())]
    is_refused = verdict.state == State.NOT_ELIGIBLE
    badges = [] if verdict.time_state == TimeState.OPEN else [TIME_BADGES[verdict.time_state]]
    return {
        "name": aid.name,
        "href": page_of(aid.code),
        "is_refused": is_refused,
        "is_granted": verdict.state == State.ELIGIBLE,
        "funder_code": sheet.funder_code,
        "funder": sheet.funder,
        "badges": [*badges, *MARK_BADGES[aid.mark]],
        "summary": sheet.summary,
        "amount": one_line(verdict, situation.study_months_left),
        "commitment": "" if sheet.is_indemnity and commitment(aid) == UNKNOWN else commitment(aid),
        "note": time_reason(verdict, simulation.day),
        "missing": _missing(verdict, situation),
        "reasons": explain(verdict, situation, simulation.day) if is_refused else [],
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


def _missing(verdict: Verdict, situation: Situation) -> str:
    """What is not known yet, as the end of "il manque : …"; empty unless the verdict is to be checked."""
    named = []
    for kind in verdict.questions:
        if kind == Kind.ZONING:
            named += _missing_zonings(verdict, situation)
        elif kind == Kind.FREE:
            named.append(plural(len(_unknown(verdict, kind)), "point à faire confirmer", "points à faire confirmer"))
        else:
            named.append(kind.declaration.missing or kind.declaration.name)
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
            "amount": together(one.case.amounts, verdict.aid.mark),
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
