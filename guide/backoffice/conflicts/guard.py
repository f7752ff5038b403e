"""A form made from an outdated page: what somebody else saved meanwhile is merged into it, or a screen asks whose
change to keep. Each page carries, signed, what it showed."""

from datetime import datetime
from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.admin import ModelAdmin
from django.contrib.admin.utils import flatten_fieldsets
from django.core import signing
from django.db import models
from django.http import HttpRequest, HttpResponse, QueryDict
from django.template.response import TemplateResponse
from django.utils import timezone

from guide.backoffice.conflicts import form_data, merging
from guide.backoffice.conflicts.wording import choices_to_show, said_by, taken_words

OPENED, SEEN, CHOICE = "_opened", "_seen", "_choice:"


def opened_page(request: HttpRequest, context: dict, obj: models.Model) -> str:
    """What a form carries of the page that it was opened on; after an error, that of the first page."""
    if request.method != "GET":
        return request.POST.get(OPENED, "")
    formsets = [inline.formset for inline in context["inline_admin_formsets"] if inline.has_change_permission]
    return _sign(obj, form_data.page_data(context["adminform"].form, formsets))


def merge_in(page: ModelAdmin, request: HttpRequest, obj: models.Model) -> HttpResponse | None:
    """Merge what somebody else saved into the POST; a page to answer where only a person can choose.

    `obj` is locked: two saves at the same instant wait for each other.
    """
    if OPENED not in request.POST:
        return None
    form, formsets = _page_now(page, request, obj)
    theirs = form_data.page_data(form, formsets)
    opened, at = _opened(request, obj)
    if opened == theirs:
        return None
    mine = form_data.posted_data(request.POST, form, formsets)
    seen = _unsign(obj, request.POST.get(SEEN, ""))
    choices = _choices(request.POST) if seen is not None and seen["page"] == theirs else {}
    merge = merging.merge(opened, theirs, mine, choices)
    said, taken = said_by(obj, at), taken_words(form, formsets, merge)
    if merge.conflicts:
        context = {
            **page.admin_site.each_context(request),
            "title": "Cette fiche a changé pendant que vous la modifiiez",
            "opts": page.opts,
            "original": obj,
            "fields": _fields(request.POST),
            "seen_name": SEEN,
            "seen": _sign(obj, theirs),
            "choice": CHOICE,
            "said_by": said,
            "taken": taken,
            "conflicts": choices_to_show(form, formsets, merge.conflicts),
            "has_files": bool(request.FILES),
        }
        return TemplateResponse(request, "admin/backoffice/conflict.html", context)
    post = request.POST.copy()
    _write(post, form, formsets, merge, theirs)
    post[OPENED] = _sign(obj, theirs)
    request.POST = post
    if taken:
        messages.warning(request, f"{said} Ses changements sont gardés avec les vôtres : {taken}.")
    return None


def _page_now(page: ModelAdmin, request: HttpRequest, obj: models.Model):
    """The form and the lists as the page would show them now."""
    fields = flatten_fieldsets(page.get_fieldsets(request, obj))
    form = page.get_form(request, obj, change=True, fields=fields)(instance=obj)
    formsets, counts = [], {}
    for factory, inline in page.get_formsets_with_inlines(request, obj):
        prefix = factory.get_default_prefix()
        counts[prefix] = counts.get(prefix, 0) + 1
        if counts[prefix] != 1 or not prefix:
            prefix = f"{prefix}-{counts[prefix]}"
        if inline.has_change_permission(request, obj):
            formsets.append(factory(instance=obj, prefix=prefix, queryset=inline.get_queryset(request)))
    return form, formsets


# --- what a page showed, signed ------------------------------------------------------------------------------------


def _salt(obj: models.Model) -> str:
    return f"opened {obj._meta.label_lower} {obj.pk}"


def _sign(obj: models.Model, page: form_data.Data) -> str:
    return signing.dumps({"page": page, "at": timezone.now().isoformat()}, salt=_salt(obj), compress=True)


def _unsign(obj: models.Model, text: str) -> dict[str, Any] | None:
    try:
        return signing.loads(text, salt=_salt(obj))
    except signing.BadSignature:
        return None


def _opened(request: HttpRequest, obj: models.Model) -> tuple[form_data.Data | None, datetime | None]:
    """What the page showed and when; None when it cannot be read (the site's key has changed)."""
    found = _unsign(obj, request.POST[OPENED])
    return (found["page"], datetime.fromisoformat(found["at"])) if found else (None, None)


# --- what was posted -----------------------------------------------------------------------------------------------


def _fields(post: QueryDict) -> list[tuple[str, str]]:
    """What the screen posts again beside the choices."""
    left_out = {"csrfmiddlewaretoken", SEEN}
    return [(n, v) for n, vs in post.lists() for v in vs if n not in left_out and CHOICE not in n]


def _choices(post: QueryDict) -> dict[str, str]:
    return {name.removeprefix(CHOICE): value for name, value in post.items() if name.startswith(CHOICE)}


def _write(post: QueryDict, form: forms.BaseForm, formsets, merge: merging.Merge, theirs: form_data.Data) -> None:
    for name in merge.fields:
        bound = form[name]
        names = form_data.widget_names(bound.field.widget, bound.html_name)
        form_data.write_fields(post, names, theirs["fields"][name])
    for formset in formsets:
        if formset.prefix in merge.lists:
            held = {row["pk"]: row for row in theirs["lists"][formset.prefix]}
            form_data.write_rows(post, formset, merge.lists[formset.prefix], held)
