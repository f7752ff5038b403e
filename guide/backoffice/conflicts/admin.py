"""The administration's form, guarded: a save made from an outdated page is merged, or asks whose change to keep."""

from datetime import datetime
from typing import Any

from django import forms
from django.contrib import admin, messages
from django.contrib.admin.utils import flatten_fieldsets, unquote
from django.core import signing
from django.db import models, transaction
from django.http import HttpRequest, HttpResponse, QueryDict
from django.template.response import TemplateResponse
from django.utils import timezone

from guide.backoffice.conflicts import form_data, merging
from guide.backoffice.conflicts.wording import choices_to_show, said_by, taken_words

OPENED, SEEN, CHOICE = "_opened", "_seen", "_choice:"


class GuardedAdmin(admin.ModelAdmin):
    """Keeps in each page what it showed, and compares it with the database when the page comes back."""

    change_form_template = "admin/backoffice/change_form.html"

    def render_change_form(self, request, context, add=False, change=False, form_url="", obj=None):
        """Sign what the page shows into it; after an error, keep what the first page showed."""
        if change and request.method == "GET":
            formsets = [inline.formset for inline in context["inline_admin_formsets"] if _is_written(inline)]
            shown = form_data.page_data(context["adminform"].form, formsets)
            context["opened"] = self._sign(request, obj, shown)
        elif change:
            context["opened"] = request.POST.get(OPENED, "")
        return super().render_change_form(request, context, add, change, form_url, obj)

    def changeform_view(self, request, object_id=None, form_url="", extra_context=None):
        """The form; or, before a save that would undo somebody else's, the screen that asks.

        Two saves at the same instant wait for each other: the sheet is compared and written under one lock.
        """
        if request.method != "POST" or not object_id or OPENED not in request.POST:
            return super().changeform_view(request, object_id, form_url, extra_context)
        with transaction.atomic():
            obj = self._locked(request, unquote(object_id))
            if obj is not None and self.has_change_permission(request, obj):
                screen = self._merge_in(request, obj)
                if screen is not None:
                    return screen
            return super().changeform_view(request, object_id, form_url, extra_context)

    def _locked(self, request: HttpRequest, object_id: str) -> models.Model | None:
        """The sheet, read once nobody else is saving it (SQLite: no other transaction that writes has begun)."""
        obj = self.get_object(request, object_id)
        if obj is None:
            return None
        list(self.model._base_manager.select_for_update().filter(pk=obj.pk).order_by().values_list("pk"))
        return self.get_object(request, object_id)

    def _merge_in(self, request: HttpRequest, obj: models.Model) -> HttpResponse | None:
        """Merge what somebody else saved into the POST; a page to answer where only a person can choose."""
        form, formsets = self._page_now(request, obj)
        theirs = form_data.page_data(form, formsets)
        opened, at = self._opened(request, obj)
        if opened == theirs:
            return None
        mine = form_data.posted_data(request.POST, form, formsets)
        seen = self._unsign(obj, request.POST.get(SEEN, ""))
        choices = _choices(request.POST) if seen is not None and seen["page"] == theirs else {}
        merge = merging.merge(opened, theirs, mine, choices)
        if merge.conflicts:
            return self._screen(request, obj, form, formsets, merge, theirs, at)
        post = request.POST.copy()
        _write(post, form, formsets, merge, theirs)
        post[OPENED] = self._sign(request, obj, theirs)
        request.POST = post
        if taken := taken_words(form, formsets, merge):
            messages.warning(request, f"{said_by(obj, at)} Ses changements sont gardés avec les vôtres : {taken}.")
        return None

    def _page_now(self, request: HttpRequest, obj: models.Model):
        """The form and the lists as the page would show them now."""
        fields = flatten_fieldsets(self.get_fieldsets(request, obj))
        form = self.get_form(request, obj, change=True, fields=fields)(instance=obj)
        formsets, counts = [], {}
        for factory, inline in self.get_formsets_with_inlines(request, obj):
            prefix = factory.get_default_prefix()
            counts[prefix] = counts.get(prefix, 0) + 1
            if counts[prefix] != 1 or not prefix:
                prefix = f"{prefix}-{counts[prefix]}"
            if inline.has_change_permission(request, obj):
                formsets.append(factory(instance=obj, prefix=prefix, queryset=inline.get_queryset(request)))
        return form, formsets

    def _screen(self, request, obj, form, formsets, merge, theirs, at) -> HttpResponse:
        left_out = {"csrfmiddlewaretoken", SEEN}
        kept = [(n, v) for n, vs in request.POST.lists() for v in vs if n not in left_out and CHOICE not in n]
        context = {
            **self.admin_site.each_context(request),
            "title": "Cette fiche a changé pendant que vous la modifiiez",
            "opts": self.opts,
            "original": obj,
            "fields": kept,
            "seen_name": SEEN,
            "seen": self._sign(request, obj, theirs),
            "choice": CHOICE,
            "said_by": said_by(obj, at),
            "taken": taken_words(form, formsets, merge),
            "conflicts": choices_to_show(form, formsets, merge.conflicts),
            "has_files": bool(request.FILES),
        }
        return TemplateResponse(request, "admin/backoffice/conflict.html", context)

    # --- what a page showed, signed ------------------------------------------------------

    def _salt(self, obj: models.Model) -> str:
        return f"opened {obj._meta.label_lower} {obj.pk}"

    def _sign(self, request: HttpRequest, obj: models.Model, page: form_data.Data) -> str:
        return signing.dumps({"page": page, "at": timezone.now().isoformat()}, salt=self._salt(obj), compress=True)

    def _unsign(self, obj: models.Model, text: str) -> dict[str, Any] | None:
        try:
            return signing.loads(text, salt=self._salt(obj))
        except signing.BadSignature:
            return None

    def _opened(self, request: HttpRequest, obj: models.Model) -> tuple[form_data.Data | None, datetime | None]:
        """What the page showed and when; None when it cannot be read (the site's key has changed)."""
        found = self._unsign(obj, request.POST[OPENED])
        return (found["page"], datetime.fromisoformat(found["at"])) if found else (None, None)


def _is_written(inline_formset) -> bool:
    return inline_formset.has_change_permission


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
