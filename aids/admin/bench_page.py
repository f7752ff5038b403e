"""The test bench of an aid: a situation, and the verdict that the rules give it, saved or as they are being typed."""

from typing import Any, NamedTuple

from django.http import HttpRequest, QueryDict
from django.utils.text import capfirst

from aids import reasons
from aids.amounts import summary
from aids.conditions.families import YES_OR_NO
from aids.conditions.kinds import ConditionKind as Kind
from aids.eligibility import State, evaluate
from aids.places import place_of
from aids.rules import AidRule
from aids.simulator import answers as answered
from aids.simulator import form
from aids.simulator.form import Field
from aids.simulator.questions import MAIN, MORE, STUDIES
from aids.simulator.surroundings import find
from guide.core import content_version
from guide.core.search import Option

LEAD = "essai-"  # in front of the names of the situation, where the form of the aid is posted with it
VERDICTS = {
    State.ELIGIBLE: "Aide accordée",
    State.TO_CHECK: "À vérifier",
    State.NOT_ELIGIBLE: "Aide refusée",
}
QUESTIONS = (*MAIN, *MORE, STUDIES)


class CaseLine(NamedTuple):
    """One case of the aid against the situation."""

    label: str
    verdict: str
    reasons: list[str]


class Bench(NamedTuple):
    """What the page prints; `verdict` is "" until a situation is given."""

    fields: list[Field]
    errors: list[str]
    candidates: list[str]
    verdict: str
    money: str
    reasons: list[str]
    cases: list[CaseLine]


def situation_of(request: HttpRequest) -> QueryDict:
    """The situation in a request: its query string, or the `essai-` names of a posted form."""
    if request.method != "POST":
        return request.GET
    said = QueryDict(mutable=True)
    for name, values in request.POST.lists():
        if name.startswith(LEAD):
            said.setlist(name.removeprefix(LEAD), values)
    return said


def bench(request: HttpRequest, rule: AidRule, lead: str = "") -> Bench:
    """The verdict of `rule` for the situation of the request; `lead` goes before the names of its fields."""
    answers = answered.Answers.read(_Said(situation_of(request), request.path))
    places = find(answers.one("commune"), answers.one("departement"), content_version.current())
    fields = [_named(field, lead) for field in form.fields(QUESTIONS, answers, places)]
    fields += [_named(field, lead) for field in _points(rule, answers)]
    if not answers.is_asked:
        candidates = [label for label, _ in answers.candidates]
        return Bench(fields, answers.messages, candidates, "", "", [], [])
    place = place_of(places.chosen, answers.day) if places.chosen else None
    situation = answered.situation(answers, place)
    verdict = evaluate(rule, situation, answers.day)
    cases = [
        CaseLine(
            case.case.label or case.case.code,
            VERDICTS[case.state],
            [reasons.reason(result, situation) for result in case.results],
        )
        for case in verdict.cases
    ]
    said = [reasons.time_reason(verdict, answers.day)]
    said += [reasons.exclusion_reason(result, situation) for result in verdict.exclusions]
    found = reasons.explain(verdict, situation, answers.day)
    lines = list(dict.fromkeys([line for line in [*found, *said] if line]))
    return Bench(fields, answers.warnings, [], VERDICTS[verdict.state], summary(verdict), lines, cases)


class _Said:
    """What `Answers.read` reads of a request."""

    def __init__(self, said: QueryDict, path: str):
        self.GET, self.path = said, path
        self.META: dict[str, Any] = {"QUERY_STRING": ""}


def _points(rule: AidRule, answers) -> list[Field]:
    """The points that only a person can check, as questions."""
    given = dict(point.rsplit(".", 1) for point in answers.values.get("point", ()))
    found = {c.code: c.text for c in rule.conditions() if c.kind == Kind.FREE}
    return [
        Field("point", capfirst(text), "", "select", "", _options(code, given.get(code)), 0, 0, "")
        for code, text in found.items()
    ]


def _options(code: str, given: str | None) -> list[Option]:
    options = [Option(*form.UNKNOWN, given is None)]
    return options + [Option(f"{code}.{value}", label, value == given) for value, label in YES_OR_NO]


def _named(field: Field, lead: str) -> Field:
    return field._replace(name=lead + field.name)
