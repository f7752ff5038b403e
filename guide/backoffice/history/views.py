"""Pages of the history of a sheet: its changes, and the return to a version in two steps."""

from collections.abc import Sequence
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
from guide.backoffice.history.recording import Row, read_one
from guide.backoffice.history.restoring import revert, wanted
from guide.backoffice.models import Action, Version
from guide.backoffice.writing import REVISE, Screen

PER_PAGE = 20


class Entry(NamedTuple):
    """One change; `lines` say what it changed, `back_to` is the version whose `before` is the sheet that it left."""

    version: Version
    who: str
    what: str
    lines: list[Line]
    back_to: int | None


class Page(NamedTuple):
    """A page of the history, the last change first. `origin` leads to the oldest sheet known, on the last page."""

    entries: list[Entry]
    origin: int | None
    newer: int | None
    older: int | None
    total: int


def history_page(model: type[models.Model], pk: int, now: Row, number: int) -> Page:
    """Page `number` (from 0) of the history of one sheet."""
    versions = Version.objects.of(model, pk).select_related("by")
    total = versions.count()
    last_page = max(0, (total - 1) // PER_PAGE)
    number = min(max(0, number), last_page)
    start = number * PER_PAGE
    found = list(versions[max(0, start - 1) : start + PER_PAGE])
    next_one = found.pop(0) if start else None
    changes = [_differences(model, version, (found[i - 1] if i else next_one), now) for i, version in enumerate(found)]
    lines = _words(changes)
    entries = []
    for rank, version in enumerate(found):
        newer = found[rank - 1] if rank else next_one
        back_to = newer.pk if newer is not None and newer.before is not None else None
        entries.append(Entry(version, who(version), what(version), lines[rank], back_to))
    oldest = found[-1] if found and number == last_page else None
    return Page(
        entries,
        oldest.pk if oldest is not None and oldest.before is not None else None,
        number - 1 if number else None,
        number + 1 if number < last_page else None,
        total,
    )


def _differences(model, version: Version, newer: Version | None, now: Row) -> list[Difference]:
    after = now if newer is None else newer.before
    return compare(model, version.before, after) if version.before is not None and after is not None else []


def _words(changes: Sequence[list[Difference]]) -> list[list[Line]]:
    """All the differences of a page in words, foreign keys read together."""
    flat = iter(words([one for differences in changes for one in differences]))
    return [[next(flat) for _ in differences] for differences in changes]


def who(version: Version) -> str:
    """Name of the person, or what acted in nobody's name."""
    if version.by is not None:
        return version.by.get_full_name() or version.by.get_username()
    return "un import" if version.action == Action.IMPORT else "compte supprimé ou commande"


def what(version: Version) -> str:
    """The action with its note."""
    return f"{version.get_action_display()} ({version.note})" if version.note else version.get_action_display()


def preview(model: type[models.Model], now: Row, row: Row) -> list[Line]:
    """What going back to `row` would change in the sheet as it is now."""
    return words(compare(model, now, wanted(model, now, row)))


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
