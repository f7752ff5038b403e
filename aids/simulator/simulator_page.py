"""The page of the simulator: the form, and the result when there is one."""

from typing import Any, NamedTuple

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from aids.addresses import page_of
from aids.catalogue import Task, current
from aids.conditions.kinds import ConditionKind as Kind
from aids.eligibility import State, Verdict
from aids.simulator.answers import STUDENTS, Answers, chips, find_places, sentence
from aids.simulator.money import PLAN, SCENARIO, PlanWords, plan_page
from aids.simulator.questions import Question, asked, carried, form_fields, refinement
from aids.simulator.result import Simulation, simulate, verdict_row
from aids.sums import Plan, best_plan, offers, weight
from aids.vocabulary import Mark, TimeState
from guide.core.french import long_date, plural
from guide.core.http import public
from guide.territories.enums import Scheme

MAX_STEPS = 4
NOTHING_GRANTED = "Aucune aide n'est acquise avec ces seules réponses. Celles qui suivent disent ce qu'il manque."


class VerdictGroup(NamedTuple):
    """Aids of one verdict under one title, in their order.

    `nothing` is what is said when there are none; a folded group opens on demand; `refinement` stands below.
    """

    anchor: str
    title: str
    rows: list[dict[str, Any]]
    nothing: str = "Aucune."
    is_folded: bool = False
    refinement: dict[str, Any] | None = None


@require_safe
@public
def simulator(request: HttpRequest) -> HttpResponse:
    """The form and its result. A typed place leads to the address with its code, which can be shared."""
    answers = Answers.read(request)
    if answers.typed and not answers.messages:
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
        "candidates": answers.candidates,
        "open_count": plural(len(open_now), "aide ouverte", "aides ouvertes"),
        "is_asked": answers.is_asked,
        "canonical": answers.address(),
    }
    if not answers.is_asked:
        return shown
    return shown | _result(simulate(answers, places, catalogue), questions)


def _result(simulation: Simulation, questions: list[Question]) -> dict[str, Any]:
    answers, places = simulation.answers, simulation.places
    granted, to_check = _by_worth(simulation.granted), _by_chance(simulation.to_check)
    had = [verdict_row(simulation, verdict) for verdict in granted]
    maybe = [verdict_row(simulation, verdict) for verdict in to_check]
    refused = _refused(simulation)
    more = refinement(answers, [*simulation.to_check, *simulation.granted], questions)
    return {
        "sentence": sentence(answers, places),
        "chips": chips(answers, places, _points(simulation)),
        "warnings": answers.warnings,
        "groups": [
            VerdictGroup("granted", "Vous pouvez obtenir", had, nothing=NOTHING_GRANTED),
            VerdictGroup("to-check", "À vérifier", maybe, refinement=more),
            VerdictGroup("refused", "Pas pour vous", refused, is_folded=bool(refused)),
        ],
        "closed": [(v.aid.name, page_of(v.aid.code)) for v in simulation.closed],
        "steps": _steps(simulation, granted, to_check),
        "zoning": _zoning_task(simulation),
        "plan": _plan_page(simulation, simulation.plan, PLAN) if simulation.granted else None,
        "scenario": _scenario(simulation),
        "leaving": answers.one("depart"),
        "leaving_hidden": answers.pairs(without=["depart"]),
        "calendar": answers.address(reverse("aids:simulator_calendar")),
        "map_address": answers.address(reverse("aids:map"), commune="", departement=""),
        "zoning_map": settings.ZONING_MAP_URL,
        "printed_on": long_date(timezone.localdate()),
    }


def _points(simulation: Simulation) -> dict[str, str]:
    """Texts of the free conditions by code, where one was answered."""
    if not simulation.answers.one("point"):
        return {}
    conditions = (c for rule in simulation.catalogue.rules for c in rule.conditions())
    return {c.code: c.text for c in conditions if c.kind == Kind.FREE}


def _refused(simulation: Simulation) -> list[dict[str, Any]]:
    """Refusals, first those that another place or another answer would lift, then those with fewest reasons."""
    made = [verdict_row(simulation, verdict) for verdict in simulation.refused]
    return sorted(made, key=lambda row: (not row["near"], not row["changes"], len(row["reasons"]), row["name"]))


# --- order -----------------------------------------------------------------------------------------------------


def _by_worth(verdicts: list[Verdict]) -> list[Verdict]:
    worth = _worth(verdicts, State.ELIGIBLE)
    return sorted(verdicts, key=lambda v: (tuple(-part for part in worth[v.aid.code]), v.aid.name))


def _by_chance(verdicts: list[Verdict]) -> list[Verdict]:
    """What deserves the first call: open, sure, of a known sum, without a point that only a person can check;
    then what brings most, then fewest questions.
    """
    worth = _worth(verdicts, State.TO_CHECK)
    return sorted(
        verdicts,
        key=lambda v: (
            v.time_state != TimeState.OPEN,
            list(Mark).index(v.aid.mark),
            not any(worth[v.aid.code]),
            Kind.FREE in v.questions,
            tuple(-part for part in worth[v.aid.code]),
            len(v.questions),
            v.aid.name,
        ),
    )


def _worth(verdicts: list[Verdict], state: State) -> dict[str, tuple[int, ...]]:
    known = {offer.code: weight(offer) for offer in offers(verdicts, None, state)}
    return {verdict.aid.code: known.get(verdict.aid.code, (0, 0, 0, 0, 0)) for verdict in verdicts}


# --- next steps --------------------------------------------------------------------------------------------------


def _steps(simulation: Simulation, granted: list[Verdict], to_check: list[Verdict]) -> list[tuple[Task, bool]]:
    """The first step of the first aids: those that are had, then those to be checked; (task, is granted)."""
    today, sheets = timezone.localdate(), simulation.catalogue.sheets
    chosen = {offer.code for offer in simulation.plan.chosen}
    had = [(sheets[v.aid.code], True) for v in granted if v.aid.code in chosen]
    maybe = [(sheets[v.aid.code], False) for v in to_check if _is_likely(v)]
    first = [(sheet, is_granted) for sheet, is_granted in had + maybe if sheet.steps][:MAX_STEPS]
    return [(sheet.tasks(simulation.day, today)[0], is_granted) for sheet, is_granted in first]


def _is_likely(verdict: Verdict) -> bool:
    """Whether something supports an aid to be checked: neither announced, nor itself to be confirmed."""
    return verdict.time_state == TimeState.OPEN and verdict.aid.mark != Mark.TO_CHECK


def _zoning_task(simulation: Simulation) -> str:
    """Name of the commune whose zoning would settle something; "" when none would."""
    place = simulation.situation.place
    if place is None or not simulation.answers.one("commune"):
        return ""
    state = place.zonings.get(Scheme.DOCTORS)
    asks = any(Kind.ZONING in verdict.questions for verdict in simulation.to_check)
    return place.name if asks and (state is None or not state.complete) else ""


# --- money -------------------------------------------------------------------------------------------------------


def _plan_page(simulation: Simulation, plan: Plan, words: PlanWords) -> dict[str, Any]:
    profiles = set(simulation.answers.values.get(Kind.PROFILE, ()))
    return plan_page(
        plan,
        simulation.day,
        words=words,
        leaving_month=simulation.answers.number("depart"),
        is_student=bool(profiles & STUDENTS),
    )


def _scenario(simulation: Simulation) -> dict[str, Any] | None:
    """The plan if all that is to be checked came true, in its best case; None when the total would be the same.

    Aids that nothing supports are left out.
    """
    months = simulation.situation.study_months_left
    likely = [verdict for verdict in simulation.to_check if _is_likely(verdict)]
    maybe = [offer for offer in offers(likely, months, State.TO_CHECK) if any(weight(offer)[:-1])]
    plan = best_plan(offers(simulation.granted, months) + maybe, simulation.catalogue.conflicts)
    if plan.totals == simulation.plan.totals:
        return None
    # What stands beside the sums was already said aid by aid, under "À vérifier".
    return _plan_page(simulation, plan, SCENARIO) | {"beside": [], "unconfirmed": [], "open_ended": []}
