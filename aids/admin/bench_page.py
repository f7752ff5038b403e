"""The test bench of an aid: a situation, and the verdict that the rules give it, saved or as they are being typed."""

from typing import Any

from django.http import HttpRequest, QueryDict
from django.utils.text import capfirst

from aids import reasons
from aids.amounts import summary
from aids.conditions.kinds import ConditionKind as Kind
from aids.eligibility import State, evaluate
from aids.practice_places import place_of
from aids.rules import AidRule
from aids.simulator import answers as answered
from aids.simulator import form
from aids.simulator.questions import MAIN, MORE, STUDIES
from aids.simulator.surroundings import find
from guide.core import content_version

LEAD = "essai-"  # in front of the names of the situation, where the form of the aid is posted with it
VERDICTS = {
    State.ELIGIBLE: "Aide accordée",
    State.TO_CHECK: "À vérifier",
    State.NOT_ELIGIBLE: "Aide refusée",
}
QUESTIONS = (*MAIN, *MORE, STUDIES)


def situation_of(request: HttpRequest) -> QueryDict:
    """The situation in a request: its query string, or the `essai-` names of a posted form."""
    if request.method != "POST":
        return request.GET
    said = QueryDict(mutable=True)
    for name, values in request.POST.lists():
        if name.startswith(LEAD):
            said.setlist(name.removeprefix(LEAD), values)
    return said


def bench(request: HttpRequest, rule: AidRule, lead: str = "") -> dict[str, Any]:
    """The verdict of `rule` for the situation of the request, "" until one is given; `lead` goes before the names of
    its fields.
    """
    answers = answered.Answers.read(_Said(situation_of(request), request.path))
    places = find(answers.one("commune"), answers.one("departement"), content_version.current())
    fields = [*form.fields(QUESTIONS, answers, places), *_points(rule, answers)]
    shown = {"fields": [field | {"name": lead + field["name"]} for field in fields]}
    if not answers.is_asked:
        candidates = [label for label, _ in answers.candidates]
        return shown | {"errors": answers.messages, "candidates": candidates, "verdict": ""}
    place = place_of(places.chosen, answers.day) if places.chosen else None
    situation = answered.situation(answers, place)
    verdict = evaluate(rule, situation, answers.day)
    said = [reasons.time_reason(verdict, answers.day)]
    said += [reasons.exclusion_reason(result, situation) for result in verdict.exclusions]
    found = reasons.explain(verdict, situation, answers.day)
    return shown | {
        "errors": answers.warnings,
        "candidates": [],
        "verdict": VERDICTS[verdict.state],
        "money": summary(verdict),
        "reasons": list(dict.fromkeys(line for line in [*found, *said] if line)),
        "cases": [
            {
                "label": case.case.label or case.case.code,
                "verdict": VERDICTS[case.state],
                "reasons": [reasons.reason(result, situation) for result in case.results],
            }
            for case in verdict.cases
        ],
    }


class _Said:
    """What `Answers.read` reads of a request."""

    def __init__(self, said: QueryDict, path: str):
        self.GET, self.path = said, path
        self.META: dict[str, Any] = {"QUERY_STRING": ""}


def _points(rule: AidRule, answers) -> list[dict[str, Any]]:
    """The points that only a person can check, as questions."""
    given = dict(point.rsplit(".", 1) for point in answers.values.get("point", ()))
    found = {c.code: c.text for c in rule.conditions() if c.kind == Kind.FREE}
    return [form.point(code, capfirst(text), given.get(code, "")) for code, text in found.items()]
