"""The page of the simulator: the form, and the result when there is one."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from aids.addresses import page_of
from aids.catalogue import current
from aids.conditions.kinds import ConditionKind as Kind
from aids.simulator import answer
from aids.simulator.answers import Answers, chips, find_places, sentence
from aids.simulator.contradictions import STUDENTS
from aids.simulator.later import at_settling
from aids.simulator.money import PLAN, SCENARIO, PlanWords, plan_page
from aids.simulator.questions import Question, asked, carried, form_fields
from aids.simulator.refinement import refinement
from aids.simulator.result import Simulation, simulate, verdict_row
from aids.sums import Plan
from aids.vocabulary import TimeState
from guide.core.french import long_date, plural
from guide.core.http import public


@require_safe
@public
def simulator(request: HttpRequest) -> HttpResponse:
    """The form and its result. A typed place, or an answer left empty, leads to the address that can be shared."""
    answers = Answers.read(request)
    if answers.is_valid and (answers.typed or answers.has_empty):
        return redirect(answers.address())
    return render(request, "aids/simulator.html", _context(answers, request.content_version))


def _context(answers: Answers, version: str) -> dict[str, Any]:
    """Everything that aids/simulator.html prints at a content version."""
    catalogue = current(version)
    places = find_places(answers, version)
    questions = asked(catalogue.rules, answers.day)
    open_now = [rule for rule in catalogue.rules if rule.state_on(answers.day) == TimeState.OPEN]
    shown = {
        "breadcrumb": [("Aides", reverse("aids:list")), ("Simulateur", "")],
        "path": answers.path,
        "fields": form_fields(questions, answers, places),
        "carried": carried(answers, questions),
        "errors": answers.messages,
        "warnings": answers.warnings,
        "candidates": answers.candidates,
        "open_count": plural(len(open_now), "aide ouverte", "aides ouvertes"),
        "is_asked": answers.is_enough,
        "begun": sentence(answers, places, always_dated=False) if answers.is_asked else "",
        "canonical": answers.address(),
    }
    if not answers.is_enough:
        return shown
    return shown | _result(simulate(answers, places, catalogue), questions)


def _result(simulation: Simulation, questions: list[Question]) -> dict[str, Any]:
    answers, places = simulation.answers, simulation.places
    best, rest = answer.best_and_rest(simulation)
    possible = answer.scenario(simulation)
    zoning = answer.zoning_check(simulation)
    verdicts = [*simulation.to_check, *simulation.granted]
    is_zoning_asked = zoning is not None and zoning.is_asked
    return {
        "sentence": sentence(answers, places),
        "chips": chips(answers, places, _points(simulation)),
        "summary": answer.summary(simulation, possible),
        "best": [verdict_row(simulation, verdict) for verdict in best],
        "folds": answer.folds(simulation, rest),
        "refinement": refinement(answers, places, verdicts, questions, zoning=is_zoning_asked),
        "later": at_settling(simulation),
        "closed": [(v.aid.name, page_of(v.aid.code)) for v in simulation.closed],
        "steps": answer.steps(simulation, best),
        "zoning": zoning,
        "zoning_map": settings.ZONING_MAP_URL,
        "plan": _plan_page(simulation, simulation.plan, PLAN) if simulation.granted else None,
        "scenario": _scenario(simulation, possible),
        "leaving": answers.one("depart"),
        "leaving_hidden": answers.pairs(without=["depart"]),
        "calendar": answers.address(reverse("aids:simulator_calendar")),
        "map_address": answers.anywhere().address(reverse("aids:map")),
        "printed_on": long_date(timezone.localdate()),
    }


def _points(simulation: Simulation) -> dict[str, str]:
    """Texts of the free conditions by code, where one was answered."""
    if not simulation.answers.one("point"):
        return {}
    conditions = (c for rule in simulation.catalogue.rules for c in rule.conditions())
    return {c.code: c.text for c in conditions if c.kind == Kind.FREE}


def _plan_page(simulation: Simulation, plan: Plan, words: PlanWords) -> dict[str, Any]:
    profiles = set(simulation.answers.values.get(Kind.PROFILE, ()))
    return plan_page(
        plan,
        simulation.day,
        words=words,
        leaving_month=simulation.answers.number("depart"),
        is_student=bool(profiles & STUDENTS),
    )


def _scenario(simulation: Simulation, possible: Plan) -> dict[str, Any] | None:
    """The plan if all that is to be checked came true; None when the total would be the same."""
    if possible.totals == simulation.plan.totals:
        return None
    # What stands beside the sums is said aid by aid.
    return _plan_page(simulation, possible, SCENARIO) | {"beside": [], "unconfirmed": [], "open_ended": []}
