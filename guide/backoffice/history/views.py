"""Pages of the history of a sheet: its changes, and the return to a version in two steps."""

from typing import NamedTuple

from django.contrib import messages
from django.contrib.admin import ModelAdmin
from django.contrib.admin.utils import unquote
from django.core.exceptions import PermissionDenied
from django.db import models
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse

from guide.backoffice.history.differences import Difference, Line, compare, words
from guide.backoffice.history.recording import Row, read
from guide.backoffice.history.restoring import revert, wanted
from guide.backoffice.models import Version
from guide.backoffice.writing import REVISE, Screen

PER_PAGE = 20


class Entry(NamedTuple):
    """One change; `lines` say what it changed, `back_to` is the version whose `before` is the sheet that it left."""

    version: Version
    lines: list[Line]
    back_to: int | None


def _history(model: type[models.Model], pk: int, now: Row, number: int) -> dict:
    """Page `number` (from 0), the last change first. `origin` leads to the oldest sheet known, on the last page."""
    versions = Version.objects.of(model, pk).select_related("by")
    last_page = max(0, (versions.count() - 1) // PER_PAGE)
    number = min(number, last_page)
    start = number * PER_PAGE
    found = list(versions[max(0, start - 1) : start + PER_PAGE])
    newer = [found.pop(0) if start else None, *found]
    changes = [_differences(model, *pair, now) for pair in zip(found, newer, strict=False)]
    # All in words together, so that the rows that foreign keys point to are read once.
    flat = iter(words([one for differences in changes for one in differences]))
    lines = [[next(flat) for _ in differences] for differences in changes]
    return {
        "entries": [Entry(version, lines[rank], _leads_to(newer[rank])) for rank, version in enumerate(found)],
        "origin": _leads_to(found[-1]) if found and number == last_page else None,
        "newer": number - 1 if number else None,
        "older": number + 1 if number < last_page else None,
    }


def _differences(model: type[models.Model], version: Version, newer: Version | None, now: Row) -> list[Difference]:
    after = newer.before if newer else now
    return compare(model, version.before, after) if version.before is not None and after is not None else []


def _leads_to(version: Version | None) -> int | None:
    return version.pk if version and version.before is not None else None


def history_view(page: ModelAdmin, request: HttpRequest, object_id: str) -> HttpResponse:
    """Every change of the sheet: who, when, what."""
    obj = _readable(page, request, object_id)
    sheet = page.sheet_of(obj)
    number = request.GET.get("p", "")
    number = int(number) if number.isdecimal() and len(number) < 6 else 0
    context = {
        **page.admin_site.each_context(request),
        "title": f"Historique : {sheet}",
        "opts": page.opts,
        "original": obj,
        "page": _history(type(sheet), sheet.pk, read(type(sheet), [sheet.pk])[sheet.pk], number),
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
    chosen = Version.objects.of(type(sheet), sheet.pk).exclude(before=None).filter(pk=version).first()
    if chosen is None:
        raise Http404
    stop = None
    if request.method == "POST":
        stop = revert(instance=sheet, version=chosen, by=request.user, screen=Screen(page, request, object_id))
        if stop is None:
            messages.success(request, "La version choisie est rétablie. Ce retour est lui-même une version.")
            return HttpResponseRedirect(history)
        if stop.answer:
            return stop.answer()
    now = read(type(sheet), [sheet.pk])[sheet.pk]
    context = {
        **page.admin_site.each_context(request),
        "title": f"Revenir à une version : {sheet}",
        "opts": page.opts,
        "original": obj,
        "version": chosen,
        "lines": words(compare(type(sheet), now, wanted(type(sheet), now, chosen.before))),
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
