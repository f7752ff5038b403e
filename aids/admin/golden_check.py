"""A write that changes the verdict of a golden case is first shown, and kept once it is confirmed."""

from collections.abc import Iterable, Sequence
from functools import partial

from django.template.response import TemplateResponse

from aids.admin.bench import TRY, bench_of_typed_rules
from aids.exchange.export import faults_of
from aids.golden import ChangedVerdict, fingerprint
from aids.golden_checks import GoldenWatch
from aids.loading import to_rules
from aids.models import Aid, GoldenCase
from guide.backoffice.writing import CONFIRMED, REVISE, Check, Screen, Stop

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
