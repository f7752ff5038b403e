"""Proposals: changes that somebody without the right to make them leaves to an editor.

Each app says in its module `editing.py` what may be proposed:

    proposals.register(Structure, ["phone", "email"])

A proposal keeps texts, as the fields of a form would send them; accepting one runs the form's own checks, then the
named write of the model. The writes are in guide/backoffice/actions.py.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.db.models import URLField

from guide.backoffice.models import Proposal
from guide.core.models import Publishable


@dataclass(frozen=True, slots=True)
class Difference:
    """One field of a proposal: what the sheet says now, what is proposed; whether it moved meanwhile."""

    name: str
    label: str
    present: str
    proposed: str
    has_moved: bool


_proposables: dict[type[Publishable], tuple[str, ...]] = {}


def register(model: type[Publishable], fields: Sequence[str]) -> None:
    """Declare the fields that may be proposed."""
    _proposables[model] = tuple(fields)


def models() -> list[type[Publishable]]:
    """The models of which something may be proposed."""
    return list(_proposables)


def form_for(sheet: Publishable, data: Mapping[str, Any] | None = None) -> forms.ModelForm:
    """The form of the fields that may be proposed, holding what the sheet says now."""
    model = type(sheet)
    made = forms.modelform_factory(model, fields=_proposables[model], formfield_callback=_formfield)
    return made(data, instance=sheet)


def _formfield(field, **kwargs):
    extra = {"assume_scheme": "https"} if isinstance(field, URLField) else {}
    return field.formfield(**{**kwargs, **extra})


def texts_of(sheet: Publishable) -> dict[str, str]:
    """The fields that may be proposed, as texts."""
    form = form_for(sheet)
    return {name: text_of(form[name].value()) for name in form.fields}


def text_of(value: Any) -> str:
    """A value as a form field would send it."""
    if value is None:
        return ""
    return str(value).lower() if isinstance(value, bool) else str(value).replace("\r\n", "\n")


def differences(proposal: Proposal) -> list[Difference]:
    """The proposal field by field, against what the sheet says now."""
    sheet = proposal.sheet
    present, form = texts_of(sheet), form_for(sheet)
    return [
        Difference(
            name,
            form[name].label,
            _shown(form, name, present[name]),
            _shown(form, name, proposed),
            present[name] != proposal.before.get(name, ""),
        )
        for name, proposed in proposal.values.items()
        if name in present
    ]


def _shown(form: forms.ModelForm, name: str, text: str) -> str:
    """A text as people read it: the label of a choice, "non renseigné" for nothing."""
    choices = getattr(form.fields[name].widget, "choices", ())
    labels = {str(value): str(label) for value, label in choices}
    return labels.get(text, text) or "non renseigné"
