"""What a page of the administration would post as it stands, field by field and row by row; and back into a POST.

Three such data are compared: the page as it was opened, as it would be opened now, and what was posted.
"""

from collections.abc import Iterable, Mapping
from typing import Any

from django import forms
from django.contrib.admin.widgets import RelatedFieldWidgetWrapper
from django.forms.models import BaseModelFormSet
from django.http import QueryDict

Posted = dict[str, list[str]]  # name in the form -> values
Fields = dict[str, Posted]  # field -> what it posts
Row = dict[str, Any]  # {"pk": text, "fields": Fields with names that lack the prefix of the row}
Data = dict[str, Any]  # {"fields": Fields, "lists": {prefix: [Row]}}


def page_data(form: forms.BaseForm, formsets: Iterable[BaseModelFormSet]) -> Data:
    """What an opened page would post."""
    lists = {formset.prefix: [_row(formset, one) for one in formset.initial_forms] for formset in formsets}
    return {"fields": _fields(form), "lists": lists}


def posted_data(post: QueryDict, form: forms.BaseForm, formsets: Iterable[BaseModelFormSet]) -> Data:
    """What was posted, for the same fields and lists; rows to delete and empty new rows are left out."""
    lists = {formset.prefix: _posted_rows(post, formset) for formset in formsets}
    return {"fields": _posted_fields(post, form), "lists": lists}


def _fields(form: forms.BaseForm, cut: str = "", skipped: Iterable[str] = ()) -> Fields:
    found = {}
    for bound in form:
        if bound.name not in skipped and not _is_file(bound.field):
            said = widget_data(bound.field.widget, bound.html_name, bound.value())
            found[bound.name] = {name.removeprefix(cut): values for name, values in said.items()}
    return found


def _posted_fields(post: QueryDict, form: forms.BaseForm, lead: str = "", skipped: Iterable[str] = ()) -> Fields:
    """What `post` says of the fields of `form`, whose own prefix `lead` stands in for."""
    cut = f"{form.prefix}-" if form.prefix else ""
    found = {}
    for bound in form:
        if bound.name not in skipped and not _is_file(bound.field):
            names = [name.removeprefix(cut) for name in widget_names(bound.field.widget, bound.html_name)]
            found[bound.name] = {name: _clean(post.getlist(lead + name)) for name in names if lead + name in post}
    return found


def _is_file(field: forms.Field) -> bool:
    return isinstance(field, forms.FileField)


def _technical(formset: BaseModelFormSet) -> set[str]:
    return {formset.model._meta.pk.name, getattr(formset, "fk", formset.model._meta.pk).name, "DELETE", "ORDER"}


def _row(formset: BaseModelFormSet, form: forms.BaseForm) -> Row:
    return {"pk": str(form.instance.pk), "fields": _fields(form, f"{form.prefix}-", _technical(formset))}


def _posted_rows(post: QueryDict, formset: BaseModelFormSet) -> list[Row]:
    total = post.get(f"{formset.prefix}-TOTAL_FORMS", "0")
    empty = formset.empty_form
    skipped = _technical(formset)
    blank = _fields(empty, f"{empty.prefix}-", skipped)
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


def widget_names(widget: forms.Widget, name: str) -> list[str]:
    """Names under which a widget posts."""
    widget = _inner(widget)
    if isinstance(widget, forms.MultiWidget):
        pairs = zip(widget.widgets, widget.widgets_names, strict=True)
        return [one for part, suffix in pairs for one in widget_names(part, name + suffix)]
    return [name]


def widget_data(widget: forms.Widget, name: str, value: Any) -> Posted:
    """What a widget posts for `value`; an unticked box posts nothing."""
    widget = _inner(widget)
    if isinstance(widget, forms.MultiWidget):
        parts = value if isinstance(value, list | tuple) else widget.decompress(value)
        found: Posted = {}
        for part, suffix, one in zip(widget.widgets, widget.widgets_names, parts, strict=True):
            found.update(widget_data(part, name + suffix, one))
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


def write_fields(post: QueryDict, names: Iterable[str], said: Posted) -> None:
    """Make `post` say `said` under these names."""
    for name in names:
        post.pop(name, None)
    for name, values in said.items():
        post.setlist(name, values)


def write_rows(post: QueryDict, formset: BaseModelFormSet, rows: Iterable[Row], held: Mapping[str, Row]) -> None:
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
