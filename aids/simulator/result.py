"""One result: the answers against all the live aids. No words here but those of nearby."""

from dataclasses import dataclass
from datetime import date

from aids.catalogue import Catalogue
from aids.conditions.declaration import Outcome
from aids.conditions.kinds import PLACE_KINDS, ConditionKind
from aids.eligibility import State, Verdict, evaluate_all, sight
from aids.reasons import Change, nearby, single_changes
from aids.rules import Situation
from aids.simulator import surroundings
from aids.simulator.answers import Answers, situation
from aids.simulator.surroundings import Surroundings
from aids.sums import Plan, best_plan, offers
from aids.vocabulary import TimeState

# Another person is no other answer; another place is told apart, with its distance.
FIXED = PLACE_KINDS | {kind for kind in ConditionKind if kind.declaration.of_person}


@dataclass(slots=True)
class Simulation:
    """What the simulator found. By code of aid: sentences on where else it brings more (`near`), and the single
    answers that would lift its refusal (`changes`).
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
    near: dict[str, list[str]]
    changes: dict[str, list[Change]]

    @property
    def day(self) -> date:
        return self.answers.day


def find_places(answers: Answers, version: str) -> Surroundings:
    """The places of the answers; an unknown code gives a message, which stops the result."""
    commune, department = answers.one("commune"), answers.one("departement")
    places = surroundings.find(commune, department, version)
    if (commune or department) and places.chosen is None:
        what = f"Commune inconnue dans cette région\u00a0: code «\u00a0{commune}\u00a0»." if commune else ""
        answers.messages.append(what or f"Département inconnu dans cette région\u00a0: «\u00a0{department}\u00a0».")
    return places


def simulate(answers: Answers, places: Surroundings, catalogue: Catalogue) -> Simulation:
    """The result of the answers."""
    place, around = surroundings.place(places, sight(catalogue.rules), answers.day, catalogue.version)
    person, day = situation(answers, place), answers.day
    verdicts = evaluate_all(catalogue.rules, person, day)
    current = [verdict for verdict in verdicts if verdict.time_state != TimeState.CLOSED]
    granted = [verdict for verdict in current if verdict.state == State.ELIGIBLE]
    refused = [verdict for verdict in current if verdict.state == State.NOT_ELIGIBLE]
    return Simulation(
        answers,
        catalogue,
        places,
        person,
        granted=granted,
        to_check=[verdict for verdict in current if verdict.state == State.TO_CHECK],
        refused=refused,
        closed=[verdict for verdict in verdicts if verdict.time_state == TimeState.CLOSED],
        plan=best_plan(offers(granted, person.study_months_left), catalogue.conflicts),
        near=nearby([*granted, *refused], person, around, day),
        changes={verdict.aid.code: _changes(verdict, person, day) for verdict in refused},
    )


def _changes(verdict: Verdict, person: Situation, day: date) -> list[Change]:
    if not _hangs_on_one_answer(verdict):
        return []
    return [one for one in single_changes(verdict.aid, person, day) if one.condition.kind not in FIXED]


def _hangs_on_one_answer(verdict: Verdict) -> bool:
    """Whether one case, or an exclusion, fails on answers of a single kind that a person may choose."""
    refusals = [{r.condition.kind for r in case.results if r.outcome == Outcome.UNMET} for case in verdict.cases]
    refusals.append({r.condition.kind for r in verdict.exclusions if r.outcome == Outcome.MET})
    return any(len(kinds) == 1 and not kinds & FIXED for kinds in refusals)
