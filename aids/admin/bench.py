"""The test bench in the administration: its page for the saved rules, and the one for rules that are being typed."""

from django.contrib.admin import ModelAdmin
from django.contrib.admin.utils import unquote
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import reverse

from aids.admin import bench_page
from aids.loading import to_rules
from aids.models import Aid
from aids.rules import AidRule
from aids.sentences import rule_sentences
from guide.backoffice.writing import REVISE, Screen

TRY = "_essai"


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
        if name != "csrfmiddlewaretoken" and not name.startswith(bench_page.LEAD)
    ]
    context = {
        **page.admin_site.each_context(request),
        "title": f"Banc d'essai\u00a0: {obj}",
        "opts": page.opts,
        "original": obj,
        "bench": bench_page.bench(request, rule, bench_page.LEAD if is_typed else ""),
        "sentences": rule_sentences(rule),
        "is_typed": is_typed,
        "lead": bench_page.LEAD if is_typed else "",
        "fields": kept,
        "revise": REVISE,
        "back": reverse(f"admin:{page.opts.app_label}_{page.opts.model_name}_change", args=[obj.pk]),
    }
    return TemplateResponse(request, "admin/aids/bench.html", context)
