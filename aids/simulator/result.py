"""One result: the answers against all the live aids. No words here but those of nearby."""

from dataclasses import dataclass, field
from datetime import date

from aids.catalogue import Catalogue, Sheet
from aids.conditions.declaration import Outcome
from aids.conditions.kinds import PLACE_KINDS, ConditionKind
from aids.eligibility import State, Verdict, evaluate_all
from aids.near_miss import Change, Located, single_changes
from aids.signatures import sight
from aids.simulator import nearby, surroundings
from aids.simulator.answers import Answers, situation
from aids.simulator.surroundings import Places
from aids.situations import Situation
from aids.sums import Plan, best_plan, offers
from aids.vocabulary import TimeState

# Another person is no other answer; another place is told apart, with its distance.
FIXED = PLACE_KINDS | {kind for kind in ConditionKind if kind.declaration.of_person}


@dataclass(slots=True)
class Simulation:
    """What the simulator found. Verdicts are in the order of what they bring, most first."""

    answers: Answers
    catalogue: Catalogue
    sheets: dict[str, Sheet]
    places: Places
    situation: Situation
    granted: list[Verdict] = field(default_factory=list)
    to_check: list[Verdict] = field(default_factory=list)
    refused: list[Verdict] = field(default_factory=list)
    closed: list[Verdict] = field(default_factory=list)
    plan: Plan | None = None
    near: dict[str, list[str]] = field(default_factory=dict)
    changes: dict[str, list[Change]] = field(default_factory=dict)

    @property
    def day(self) -> date:
        """Day of the project."""
        return self.answers.day


def find_places(answers: Answers, version: str) -> Places:
    """The places of the answers; an unknown code is an error."""
    commune, department = answers.one("commune"), answers.one("departement")
    places = surroundings.find(commune, department, version)
    if (commune or department) and places.chosen is None:
        what = f"Commune inconnue dans cette région\u00a0: code «\u00a0{commune}\u00a0»." if commune else ""
        answers.messages.append(what or f"Département inconnu dans cette région\u00a0: «\u00a0{department}\u00a0».")
    return places


def simulate(answers: Answers, places: Places, catalogue: Catalogue, sheets: dict[str, Sheet]) -> Simulation:
    """The result of the answers; no query once the surroundings have been read."""
    place, around = surroundings.place(places, sight(catalogue.rules), answers.day, catalogue.version)
    person = situation(answers, place)
    simulation = Simulation(answers, catalogue, sheets, places, person)
    _sort(simulation, evaluate_all(catalogue.rules, person, answers.day))
    simulation.plan = best_plan(offers(simulation.granted, person.study_months_left), catalogue.conflicts)
    _look_around(simulation, around)
    return simulation


def _sort(simulation: Simulation, verdicts: list[Verdict]) -> None:
    groups = {
        State.ELIGIBLE: simulation.granted,
        State.TO_CHECK: simulation.to_check,
        State.NOT_ELIGIBLE: simulation.refused,
    }
    for verdict in verdicts:
        closed = verdict.time_state == TimeState.CLOSED
        (simulation.closed if closed else groups[verdict.state]).append(verdict)


def _look_around(simulation: Simulation, around: list[Located]) -> None:
    """Where else, and which other answer, would bring more."""
    simulation.near = nearby.sentences(
        [*simulation.granted, *simulation.refused], simulation.situation, around, simulation.day
    )
    for verdict in filter(_hangs_on_one_answer, simulation.refused):
        found = single_changes(verdict.aid, simulation.situation, simulation.day)
        simulation.changes[verdict.aid.code] = [change for change in found if change.condition.kind not in FIXED]


def _hangs_on_one_answer(verdict: Verdict) -> bool:
    """Whether one case, or an exclusion, fails on answers of a single kind that a person may choose."""
    refusals = [{r.condition.kind for r in case.results if r.outcome == Outcome.UNMET} for case in verdict.cases]
    refusals.append({r.condition.kind for r in verdict.exclusions if r.outcome == Outcome.MET})
    return any(len(kinds) == 1 and not kinds & FIXED for kinds in refusals)
