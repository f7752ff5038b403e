"""The test bench in the administration: its page for the saved rules, and the one for rules that are being typed."""

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import path, reverse

from aids.admin import bench_page
from aids.admin.confirmation import REVISE, GoldenConfirmedAdmin
from aids.loading import to_rules
from aids.models import Aid
from aids.rules import AidRule
from aids.sentences import rule_sentences

TRY = "_essai"


class Tried(Exception):
    """Rules as they would be saved, read inside the transaction that is then taken back."""

    def __init__(self, rule: AidRule):
        super().__init__()
        self.rule = rule


class BenchAdmin(GoldenConfirmedAdmin):
    """Tries the rules of an aid on a situation."""

    change_form_template = "admin/aids/rules_form.html"

    def get_urls(self):
        """The address of the bench."""
        name = f"{self.opts.app_label}_{self.opts.model_name}_bench"
        own = path("<path:object_id>/essai/", self.admin_site.admin_view(self.bench_view), name=name)
        return [own, *super().get_urls()]

    def render_change_form(self, request, context, add=False, change=False, form_url="", obj=None):
        """The form, with the way to the bench."""
        context["bench_name"] = f"admin:{self.opts.app_label}_{self.opts.model_name}_bench"
        return super().render_change_form(request, context, add, change, form_url, obj)

    def bench_view(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """A situation and its verdict by the saved rules."""
        obj = self.get_object(request, object_id)
        if obj is None:
            raise Http404
        if not self.has_view_or_change_permission(request, obj):
            raise PermissionDenied
        aid = self.aid_of(obj)
        return self._bench(request, obj, to_rules(Aid.objects.filter(pk=aid.pk))[0])

    def changeform_view(self, request, object_id=None, form_url="", extra_context=None):
        """The form; or, when its rules are only tried, the bench on what would be saved."""
        try:
            return super().changeform_view(request, object_id, form_url, extra_context)
        except Tried as tried:
            return self._bench(request, self.get_object(request, object_id), tried.rule)

    def check_golden(self, request, aid):
        """Rules that are only tried are read back, then taken back, instead of being compared."""
        if TRY in request.POST:
            raise Tried(to_rules(Aid.objects.filter(pk=aid.pk))[0])
        super().check_golden(request, aid)

    def _bench(self, request: HttpRequest, obj, rule: AidRule) -> HttpResponse:
        is_typed = request.method == "POST"
        kept = [
            (name, value)
            for name, values in request.POST.lists()
            for value in values
            if name != "csrfmiddlewaretoken" and not name.startswith(bench_page.LEAD)
        ]
        context = {
            **self.admin_site.each_context(request),
            "title": f"Banc d'essai\u00a0: {obj}",
            "opts": self.opts,
            "original": obj,
            "bench": bench_page.bench(request, rule, bench_page.LEAD if is_typed else ""),
            "sentences": rule_sentences(rule),
            "is_typed": is_typed,
            "lead": bench_page.LEAD if is_typed else "",
            "fields": kept,
            "revise": REVISE,
            "back": reverse(f"admin:{self.opts.app_label}_{self.opts.model_name}_change", args=[obj.pk]),
        }
        return TemplateResponse(request, "admin/aids/bench.html", context)
