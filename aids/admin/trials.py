"""What tries a write before it is kept: the bench, a situation and the verdict that the rules give it, saved or as
they are being typed; and the golden cases, whose change is first shown, and kept once it is confirmed.
"""

from collections.abc import Iterable, Sequence
from functools import partial
from typing import Any

from django.contrib.admin import ModelAdmin
from django.contrib.admin.utils import unquote
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.text import capfirst

from aids import reasons
from aids.amounts import summary
from aids.catalogue import to_rules
from aids.conditions.kinds import ConditionKind as Kind
from aids.eligibility import State, evaluate
from aids.exchange.rows import faults_of
from aids.golden import ChangedVerdict, GoldenWatch, fingerprint
from aids.models import Aid, GoldenCase
from aids.practice_places import place_of
from aids.rules import AidRule
from aids.sentences import rule_sentences
from aids.simulator.answers import Answers, find_surroundings
from aids.simulator.questions import MAIN, MORE, STUDIES, form_fields, point_field
from guide.backoffice.writing import CONFIRMED, REVISE, Check, Screen, Stop
from guide.core import content_version

TRY = "_essai"
LEAD = "essai-"  # in front of the names of the situation, where the form of the aid is posted with it
VERDICTS = {
    State.ELIGIBLE: "Aide accordée",
    State.TO_CHECK: "À vérifier",
    State.NOT_ELIGIBLE: "Aide refusée",
}
QUESTIONS = (*MAIN, *MORE, STUDIES)


def bench_view(page: ModelAdmin, request: HttpRequest, object_id: str) -> HttpResponse:
    """A situation and its verdict by the saved rules."""
    obj = page.get_object(request, object_id)
    if obj is None:
        raise Http404
    if not page.has_view_or_change_permission(request, obj):
        raise PermissionDenied
    (rule,) = to_rules(Aid.objects.filter(pk=page.sheet_of(obj).pk))
    return _bench(page, request, obj, rule)


def bench_of_typed_rules(screen: Screen, rule: AidRule) -> HttpResponse:
    """The bench on what a posted form would save."""
    obj = screen.page.get_object(screen.request, unquote(screen.object_id))
    return _bench(screen.page, screen.request, obj, rule)


def _bench(page: ModelAdmin, request: HttpRequest, obj, rule: AidRule) -> HttpResponse:
    is_typed = request.method == "POST"
    kept = [
        (name, value)
        for name, values in request.POST.lists()
        for value in values
        if name != "csrfmiddlewaretoken" and not name.startswith(LEAD)
    ]
    context = {
        **page.admin_site.each_context(request),
        "title": f"Banc d'essai\u00a0: {obj}",
        "opts": page.opts,
        "original": obj,
        "bench": bench(request, rule, LEAD if is_typed else ""),
        "sentences": rule_sentences(rule),
        "is_typed": is_typed,
        "lead": LEAD if is_typed else "",
        "fields": kept,
        "revise": REVISE,
        "back": reverse(f"admin:{page.opts.app_label}_{page.opts.model_name}_change", args=[obj.pk]),
    }
    return TemplateResponse(request, "admin/aids/bench.html", context)


def bench(request: HttpRequest, rule: AidRule, lead: str = "") -> dict[str, Any]:
    """The verdict of `rule` for the situation of the request, "" until one is given; `lead` goes before the names of
    its fields.
    """
    answers = Answers.read(_Said(request))
    places = find_surroundings(answers.one("commune"), answers.one("departement"), content_version.current())
    fields = [*form_fields(QUESTIONS, answers, places), *_points(rule, answers)]
    shown = {"fields": [field | {"name": lead + field["name"]} for field in fields]}
    if not answers.is_asked:
        candidates = [label for label, _ in answers.candidates]
        return shown | {"errors": answers.messages, "candidates": candidates, "verdict": ""}
    place = place_of(places.chosen, answers.day) if places.chosen else None
    situation = answers.situation(place)
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
    """What `Answers.read` reads of a request: its query string, or the `essai-` names of a posted form."""

    def __init__(self, request: HttpRequest):
        self.path, self.GET = request.path, request.GET
        self.META: dict[str, Any] = {"QUERY_STRING": ""}
        if request.method == "POST":
            self.GET = QueryDict(mutable=True)
            for name, values in request.POST.lists():
                if name.startswith(LEAD):
                    self.GET.setlist(name.removeprefix(LEAD), values)


def _points(rule: AidRule, answers) -> list[dict[str, Any]]:
    """The points that only a person can check, as questions."""
    given = dict(point.rsplit(".", 1) for point in answers.values.get("point", ()))
    found = {c.code: c.text for c in rule.conditions() if c.kind == Kind.FREE}
    return [point_field(code, capfirst(text), given.get(code, "")) for code, text in found.items()]


# --- golden cases --------------------------------------------------------------------------------------------------

NOT_FROM_HERE = "Rien n'a changé : ce changement d'état modifie le verdict de cas types. Ouvrez ces aides une à une."


class GoldenCheck(Check):
    """Of an aid. From a list nobody can be asked: a write that would turn golden cases is refused there."""

    def before(self):
        self.watch = GoldenWatch()

    def after(self):
        screen = self.write.screen
        if screen is None:
            return Stop([NOT_FROM_HERE]) if self.watch.differences() else None
        (key,) = self.write.keys
        if TRY in screen.request.POST and screen.object_id:
            (rule,) = to_rules(Aid.objects.filter(pk=key))
            return Stop(answer=partial(bench_of_typed_rules, screen, rule))
        if faults := faults_of(Aid.objects.get(pk=key)):
            return Stop(answer=partial(ask, screen, faults=[str(fault) for fault in faults]))
        differences = self.watch.differences()
        if differences and screen.request.POST.get(CONFIRMED) != fingerprint(differences):
            return Stop(answer=partial(ask, screen, differences))
        return None


def ask(screen: Screen, differences: Sequence[ChangedVerdict] = (), faults: Iterable[str] = ()) -> TemplateResponse:
    """The page that says what the write would change, or what forbids it; it posts the same form again."""
    page, request = screen.page, screen.request
    left_out = {"csrfmiddlewaretoken", CONFIRMED, REVISE}
    context = {
        **page.admin_site.each_context(request),
        "title": "Ce que votre modification change",
        "opts": page.opts,
        "original": page.get_object(request, screen.object_id) if screen.object_id else None,
        "fields": [(n, v) for n, values in request.POST.lists() for v in values if n not in left_out],
        "faults": faults,
        "changed": differences,
        "changed_cases": len({found.case for found in differences}),
        "case_count": GoldenCase.objects.count(),
        "confirmed": CONFIRMED,
        "revise": REVISE,
        "fingerprint": fingerprint(differences),
    }
    return TemplateResponse(request, "admin/aids/confirm_golden.html", context)
