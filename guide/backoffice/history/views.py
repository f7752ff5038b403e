"""Pages of the history of a sheet: its changes, and the return to a version in two steps."""

from django.contrib import messages
from django.contrib.admin import ModelAdmin
from django.contrib.admin.utils import unquote
from django.core.exceptions import PermissionDenied
from django.db import models
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse

from guide.backoffice.history.models import Version
from guide.backoffice.history.pages import history_page, preview
from guide.backoffice.history.restoring import revert
from guide.backoffice.history.snapshots import read_one
from guide.backoffice.writing import REVISE, Screen


def history_view(page: ModelAdmin, request: HttpRequest, object_id: str) -> HttpResponse:
    """Every change of the sheet: who, when, what."""
    obj = _readable(page, request, object_id)
    sheet = page.sheet_of(obj)
    number = request.GET.get("p", "")
    now = read_one(type(sheet), sheet.pk)
    number = int(number) if number.isdecimal() and len(number) < 6 else 0
    context = {
        **page.admin_site.each_context(request),
        "title": f"Historique : {sheet}",
        "opts": page.opts,
        "original": obj,
        "page": history_page(type(sheet), sheet.pk, now, number),
        "created": getattr(sheet, "created_at", None),
        "may_change": page.has_change_permission(request, obj),
        "revert_name": f"admin:{_name(page)}_revert",
    }
    return TemplateResponse(request, "admin/backoffice/history.html", context)


def revert_view(page: ModelAdmin, request: HttpRequest, object_id: str, version: int) -> HttpResponse:
    """What going back would change; by POST, go back."""
    history = reverse(f"admin:{_name(page)}_history", args=[object_id])
    if REVISE in request.POST:
        return HttpResponseRedirect(history)
    obj = _readable(page, request, object_id)
    if not page.has_change_permission(request, obj):
        raise PermissionDenied
    sheet = page.sheet_of(obj)
    wanted = Version.objects.of(type(sheet), sheet.pk).exclude(before=None).filter(pk=version).first()
    if wanted is None:
        raise Http404
    stop = None
    if request.method == "POST":
        stop = revert(instance=sheet, version=wanted, by=request.user, screen=Screen(page, request, object_id))
        if stop is None:
            messages.success(request, "La version choisie est rétablie. Ce retour est lui-même une version.")
            return HttpResponseRedirect(history)
        if stop.answer:
            return stop.answer()
    context = {
        **page.admin_site.each_context(request),
        "title": f"Revenir à une version : {sheet}",
        "opts": page.opts,
        "original": obj,
        "version": wanted,
        "lines": preview(type(sheet), read_one(type(sheet), sheet.pk), wanted.before),
        "problems": stop.messages if stop else [],
        "history": history,
    }
    return TemplateResponse(request, "admin/backoffice/revert.html", context)


def _name(page: ModelAdmin) -> str:
    return f"{page.opts.app_label}_{page.opts.model_name}"


def _readable(page: ModelAdmin, request: HttpRequest, object_id: str) -> models.Model:
    obj = page.get_object(request, unquote(object_id))
    if obj is None:
        raise Http404
    if not page.has_view_or_change_permission(request, obj):
        raise PermissionDenied
    return obj
