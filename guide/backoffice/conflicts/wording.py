"""What the screen of a conflict says, in French."""

from datetime import datetime
from typing import Any, NamedTuple

from django import forms
from django.db import models
from django.utils import timezone
from django.utils.html import strip_tags
from django.utils.text import capfirst

from guide.backoffice.conflicts.merging import Conflict, Merge
from guide.backoffice.models import Version
from guide.core.french import NBSP, long_date

EMPTY, GONE = "vide", "ligne retirée"


class Choice(NamedTuple):
    """One choice to make: `key` names it; three values in words."""

    key: str
    label: str
    opened: str
    theirs: str
    mine: str


def said_by(obj: models.Model, since: datetime | None) -> str:
    """`Anne Martin a enregistré cette fiche le 3 mars 2026 à 14:05.`"""
    found = Version.objects.of(type(obj), obj.pk).select_related("by")
    last = (found.filter(at__gte=since) if since else found).first()
    if last is None:
        return "Cette fiche a été enregistrée depuis que vous l'avez ouverte."
    at = timezone.localtime(last.at)
    return f"{capfirst(last.who)} a enregistré cette fiche le {long_date(at.date())} à {at:%H:%M}."


def taken_words(form: forms.BaseForm, formsets, merge: Merge) -> str:
    """Names of what comes from the other side by itself."""
    lists = {formset.prefix: str(formset.model._meta.verbose_name_plural) for formset in formsets}
    names = [str(form[name].label).lower() for name in merge.taken] + [lists[prefix] for prefix in merge.taken_lists]
    return ", ".join(names)


def choices_to_show(form: forms.BaseForm, formsets, conflicts: list[Conflict]) -> list[Choice]:
    """The conflicts in words."""
    by_prefix = {formset.prefix: formset for formset in formsets}
    shown = []
    for one in conflicts:
        values = (one.opened, one.theirs, one.mine)
        if one.field:
            label = form[one.field].label
            texts = [_text(form.fields[one.field], value) for value in values]
        else:
            formset = by_prefix[one.prefix]
            label = capfirst(formset.model._meta.verbose_name)
            texts = [_row_text(formset.empty_form, value) for value in values]
        shown.append(Choice(one.key, str(label), *texts))
    return shown


def _row_text(form: forms.BaseForm, row: dict[str, Any] | None) -> str:
    if row is None:
        return GONE
    texts = ((form[name].label, _text(form.fields[name], said)) for name, said in row["fields"].items())
    return " ; ".join(f"{label}{NBSP}: {text}" for label, text in texts if text != EMPTY) or EMPTY


def _text(field: forms.Field, said: dict[str, list[str]] | None) -> str:
    """What a field posts, as its widget would show it."""
    if isinstance(field, forms.BooleanField) and not isinstance(field, forms.NullBooleanField):
        return "oui" if said else "non"
    values = [value for values in (said or {}).values() for value in values if value]
    if not values:
        return EMPTY
    if isinstance(field, forms.ModelChoiceField):
        keys = [value for value in values if value.isdecimal()]
        return ", ".join(map(str, field.queryset.filter(pk__in=keys))) or EMPTY
    labels = {str(value): str(label) for value, label in getattr(field.widget, "choices", None) or ()}
    return strip_tags(" ".join(labels.get(value, value) for value in values))
