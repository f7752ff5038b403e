"""A form made from an outdated page: what somebody else saved meanwhile is merged into it, or a screen asks whose
change to keep.

Each page carries, signed, what it showed: what it would post as it stands, field by field and row by row. Three such
data are compared: the page as it was opened, as it would be opened now, and what was posted."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.admin import ModelAdmin
from django.contrib.admin.utils import flatten_fieldsets
from django.contrib.admin.widgets import RelatedFieldWidgetWrapper
from django.core import signing
from django.db import models
from django.forms.models import BaseModelFormSet
from django.http import HttpRequest, HttpResponse, QueryDict
from django.template.response import TemplateResponse
from django.utils import timezone

from guide.backoffice.conflicts import merging
from guide.backoffice.conflicts.wording import choices_to_show, said_by, taken_words

OPENED, SEEN, CHOICE = "_opened", "_seen", "_choice:"
Posted = dict[str, list[str]]  # name in the form -> values
Fields = dict[str, Posted]  # field -> what it posts
Row = dict[str, Any]  # {"pk": text, "fields": Fields with names that lack the prefix of the row}
Data = dict[str, Any]  # {"fields": Fields, "lists": {prefix: [Row]}}


def opened_page(request: HttpRequest, context: dict, obj: models.Model) -> str:
    """What a form carries of the page that it was opened on; after an error, that of the first page."""
    if request.method != "GET":
        return request.POST.get(OPENED, "")
    formsets = [inline.formset for inline in context["inline_admin_formsets"] if inline.has_change_permission]
    return _sign(obj, _page_data(context["adminform"].form, formsets))


def merge_in(page: ModelAdmin, request: HttpRequest, obj: models.Model) -> HttpResponse | None:
    """Merge what somebody else saved into the POST; a page to answer where only a person can choose.

    `obj` is locked: two saves at the same instant wait for each other.
    """
    if OPENED not in request.POST:
        return None
    form, formsets = _page_now(page, request, obj)
    theirs = _page_data(form, formsets)
    opened, at = _unsign(obj, request.POST[OPENED])
    if opened == theirs:
        return None
    mine = _posted_data(request.POST, form, formsets)
    seen, _ = _unsign(obj, request.POST.get(SEEN, ""))
    choices = _choices(request.POST) if seen == theirs else {}
    merge = merging.merge(opened, theirs, mine, choices)
    said, taken = said_by(obj, at), taken_words(form, formsets, merge)
    if merge.conflicts:
        context = {
            **page.admin_site.each_context(request),
            "title": "Cette fiche a changé pendant que vous la modifiiez",
            "opts": page.opts,
            "original": obj,
            "fields": _posted_again(request.POST),
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


def _sign(obj: models.Model, page: Data) -> str:
    return signing.dumps({"page": page, "at": timezone.now().isoformat()}, salt=_salt(obj), compress=True)


def _unsign(obj: models.Model, text: str) -> tuple[Data | None, datetime | None]:
    """What a page showed and when; None when it cannot be read (the site's key has changed)."""
    try:
        found = signing.loads(text, salt=_salt(obj))
    except signing.BadSignature:
        return None, None
    return found["page"], datetime.fromisoformat(found["at"])


# --- what was posted -----------------------------------------------------------------------------------------------


def _posted_again(post: QueryDict) -> list[tuple[str, str]]:
    """What the screen posts again beside the choices."""
    left_out = {"csrfmiddlewaretoken", SEEN}
    return [(n, v) for n, vs in post.lists() for v in vs if n not in left_out and CHOICE not in n]


def _choices(post: QueryDict) -> dict[str, str]:
    return {name.removeprefix(CHOICE): value for name, value in post.items() if name.startswith(CHOICE)}


def _write(post: QueryDict, form: forms.BaseForm, formsets, merge: merging.Merge, theirs: Data) -> None:
    for name in merge.fields:
        for posted in _widget_names(form[name].field.widget, form[name].html_name):
            post.pop(posted, None)
        for posted, values in theirs["fields"][name].items():
            post.setlist(posted, values)
    for formset in formsets:
        if formset.prefix in merge.lists:
            held = {row["pk"]: row for row in theirs["lists"][formset.prefix]}
            _write_rows(post, formset, merge.lists[formset.prefix], held)


# --- what a page would post, and back into a POST -------------------------------------------------------------------


def _page_data(form: forms.BaseForm, formsets: Iterable[BaseModelFormSet]) -> Data:
    lists = {formset.prefix: [_row(formset, one) for one in formset.initial_forms] for formset in formsets}
    return {"fields": _fields(form), "lists": lists}


def _posted_data(post: QueryDict, form: forms.BaseForm, formsets: Iterable[BaseModelFormSet]) -> Data:
    """What was posted, for the same fields and lists; rows to delete and empty new rows are left out."""
    lists = {formset.prefix: _posted_rows(post, formset) for formset in formsets}
    return {"fields": _posted_fields(post, form), "lists": lists}


def _compared(form: forms.BaseForm, skipped: Iterable[str]) -> Iterator[forms.BoundField]:
    """The fields of a form that are compared: files are chosen anew at each save."""
    return (bound for bound in form if bound.name not in skipped and not isinstance(bound.field, forms.FileField))


def _lead(form: forms.BaseForm) -> str:
    return f"{form.prefix}-" if form.prefix else ""


def _fields(form: forms.BaseForm, skipped: Iterable[str] = ()) -> Fields:
    found = {}
    for bound in _compared(form, skipped):
        said = _widget_data(bound.field.widget, bound.html_name, bound.value())
        found[bound.name] = {name.removeprefix(_lead(form)): values for name, values in said.items()}
    return found


def _posted_fields(post: QueryDict, form: forms.BaseForm, lead: str = "", skipped: Iterable[str] = ()) -> Fields:
    """What `post` says of the fields of `form`, whose own prefix `lead` stands in for."""
    found = {}
    for bound in _compared(form, skipped):
        names = [name.removeprefix(_lead(form)) for name in _widget_names(bound.field.widget, bound.html_name)]
        found[bound.name] = {name: _clean(post.getlist(lead + name)) for name in names if lead + name in post}
    return found


def _technical(formset: BaseModelFormSet) -> set[str]:
    return {formset.model._meta.pk.name, getattr(formset, "fk", formset.model._meta.pk).name, "DELETE", "ORDER"}


def _row(formset: BaseModelFormSet, form: forms.BaseForm) -> Row:
    return {"pk": str(form.instance.pk), "fields": _fields(form, _technical(formset))}


def _posted_rows(post: QueryDict, formset: BaseModelFormSet) -> list[Row]:
    total = post.get(f"{formset.prefix}-TOTAL_FORMS", "0")
    empty = formset.empty_form
    skipped = _technical(formset)
    blank = _fields(empty, skipped)
    rows = []
    for rank in range(int(total) if total.isdecimal() and len(total) < 5 else 0):
        prefix = formset.add_prefix(rank)
        if f"{prefix}-DELETE" in post:
            continue
        row = {
            "pk": post.get(f"{prefix}-{formset.model._meta.pk.name}", ""),
            "fields": _posted_fields(post, empty, f"{prefix}-", skipped),
        }
        if row["pk"] or row["fields"] != blank:
            rows.append(row)
    return rows


def _inner(widget: forms.Widget) -> forms.Widget:
    return widget.widget if isinstance(widget, RelatedFieldWidgetWrapper) else widget


def _widget_names(widget: forms.Widget, name: str) -> list[str]:
    widget = _inner(widget)
    if isinstance(widget, forms.MultiWidget):
        pairs = zip(widget.widgets, widget.widgets_names, strict=True)
        return [one for part, suffix in pairs for one in _widget_names(part, name + suffix)]
    return [name]


def _widget_data(widget: forms.Widget, name: str, value: Any) -> Posted:
    """What a widget posts for `value`; an unticked box posts nothing."""
    widget = _inner(widget)
    if isinstance(widget, forms.MultiWidget):
        parts = value if isinstance(value, list | tuple) else widget.decompress(value)
        found: Posted = {}
        for part, suffix, one in zip(widget.widgets, widget.widgets_names, parts, strict=True):
            found.update(_widget_data(part, name + suffix, one))
        return found
    if isinstance(widget, forms.CheckboxInput):
        return {} if widget.check_test(value) is False else {name: ["on"]}
    shown = widget.format_value(value)
    if isinstance(widget, forms.SelectMultiple | forms.CheckboxSelectMultiple):
        return {name: sorted(map(str, shown or []))} if shown else {}
    if isinstance(shown, list | tuple):
        shown = shown[0] if shown else ""
    return {name: _clean(["" if shown is None else str(shown)])}


def _clean(values: list[str]) -> list[str]:
    texts = [value.replace("\r\n", "\n").strip() for value in values]
    return sorted(texts) if len(texts) > 1 else texts


def _write_rows(post: QueryDict, formset: BaseModelFormSet, rows: Iterable[Row], held: Mapping[str, Row]) -> None:
    """Make `post` say these rows; those of `held` (the database, by key) that are not among them are deleted."""
    prefix, key = formset.prefix, formset.model._meta.pk.name
    for name in [name for name in post if name.startswith(f"{prefix}-") and not name.endswith("_NUM_FORMS")]:
        del post[name]
    rows = list(rows)
    kept = [row for row in rows if row["pk"] in held]
    gone = [row for pk, row in held.items() if pk not in {row["pk"] for row in kept}]
    new = [row for row in rows if row["pk"] not in held]
    for rank, row in enumerate([*kept, *gone, *new]):
        start = f"{prefix}-{rank}-"
        post[f"{start}{key}"] = row["pk"] if row["pk"] in held else ""
        for said in row["fields"].values():
            for name, values in said.items():
                post.setlist(f"{start}{name}", values)
        if len(kept) <= rank < len(kept) + len(gone):
            post[f"{start}DELETE"] = "on"
    post[f"{prefix}-TOTAL_FORMS"] = str(len(kept) + len(gone) + len(new))
    post[f"{prefix}-INITIAL_FORMS"] = str(len(kept) + len(gone))
