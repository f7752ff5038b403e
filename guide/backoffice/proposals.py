"""Proposals: changes that somebody without the right to make them leaves to an editor.

Each app says in its module `editing.py` what may be proposed, and by which write it is kept:

    proposals.register(Structure, ["phone", "email"], save)      # save(sheet=..., by=...)

A proposal keeps texts, as the fields of a form would send them; accepting one runs the form's own checks.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import URLField
from django.utils import timezone

from guide.backoffice.enums import ProposalState
from guide.backoffice.history.recording import recording
from guide.backoffice.models import Proposal
from guide.core.models import Publishable


class AlreadyDecided(Exception):
    """Another editor has accepted or refused this proposal meanwhile."""


@dataclass(frozen=True, slots=True)
class Proposable:
    """What may be proposed of a model."""

    fields: Sequence[str]
    save: Callable[..., Any]


@dataclass(frozen=True, slots=True)
class Difference:
    """One field of a proposal: what the sheet says now, what is proposed; whether it moved meanwhile."""

    name: str
    label: str
    present: str
    proposed: str
    has_moved: bool


_proposables: dict[type[Publishable], Proposable] = {}


def register(model: type[Publishable], fields: Sequence[str], save: Callable[..., Any]) -> None:
    """Declare the fields that may be proposed, and the write that keeps them: save(sheet=…, by=…)."""
    _proposables[model] = Proposable(tuple(fields), save)


def models() -> list[type[Publishable]]:
    """The models of which something may be proposed."""
    return list(_proposables)


def form_for(sheet: Publishable, data: Mapping[str, Any] | None = None) -> forms.ModelForm:
    """The form of the fields that may be proposed, holding what the sheet says now."""
    model = type(sheet)
    made = forms.modelform_factory(model, fields=_proposables[model].fields, formfield_callback=_formfield)
    return made(data, instance=sheet)


def _formfield(field, **kwargs):
    extra = {"assume_scheme": "https"} if isinstance(field, URLField) else {}
    return field.formfield(**{**kwargs, **extra})


def texts_of(sheet: Publishable) -> dict[str, str]:
    """The fields that may be proposed, as texts."""
    form = form_for(sheet)
    return {name: _text(form[name].value()) for name in form.fields}


def _text(value: Any) -> str:
    """A value as a form field would send it."""
    if value is None:
        return ""
    return str(value).lower() if isinstance(value, bool) else str(value).replace("\r\n", "\n")


@transaction.atomic
def propose(
    *,
    sheet: Publishable,
    values: Mapping[str, Any],
    text: str = "",
    by=None,
    contact: str = "",
    confirms: bool = False,
) -> Proposal:
    """Keep a proposal; fields that change nothing are left out.

    `by` is a user, or None for somebody without an account, who is then named in `contact`. `confirms`: they say
    that all the rest of the sheet is right. ValidationError: a value that the sheet could not hold, at its field,
    or nothing to propose.
    """
    before = texts_of(sheet)
    offered = {name: _text(values[name]) for name in before if name in values}
    checked = form_for(_fresh(sheet), before | offered)
    changed = {name: value for name, value in offered.items() if name in checked.changed_data}
    if not changed and not text.strip() and not confirms:
        raise ValidationError("Rien ne change : modifiez un champ, ou écrivez une explication.")
    if changed and not checked.is_valid():
        raise ValidationError(checked.errors.as_data())
    return Proposal.objects.create(
        sheet=sheet,
        values=changed,
        before={name: before[name] for name in changed},
        text=text.replace("\x00", "").strip(),
        author=by,
        contact=contact,
        confirms=confirms,
    )


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


@transaction.atomic
def accept(*, proposal: Proposal, by, fields: Iterable[str]) -> Proposal:
    """Write these fields of the proposal into its sheet, and close it; a sheet that it confirms was checked that day.

    ValidationError: a value that the sheet no longer accepts. AlreadyDecided: another editor was first.
    """
    proposal = _waiting(proposal)
    chosen = [name for name in proposal.values if name in set(fields)]
    sheet = proposal.sheet
    if proposal.confirms:
        day = timezone.localdate(proposal.created_at)
        sheet.verified_on = max(day, sheet.verified_on or day)
    if chosen:
        values = texts_of(sheet) | {name: proposal.values[name] for name in chosen}
        form = form_for(sheet, values)
        if not form.is_valid():
            raise ValidationError(form.errors.as_data())
        sheet = form.save(commit=False)
    if chosen or proposal.confirms:
        with recording(type(sheet), [sheet.pk], by=by, note=f"proposition n°\u00a0{proposal.pk}"):
            _proposables[type(sheet)].save(sheet=sheet, by=by)
    labels = [_proposed_label(sheet, name) for name in chosen]
    return _decide(proposal, ProposalState.ACCEPTED, by, f"Repris : {', '.join(labels)}." if labels else "Lu.")


def _proposed_label(sheet: Publishable, name: str) -> str:
    return str(sheet._meta.get_field(name).verbose_name)


@transaction.atomic
def refuse(*, proposal: Proposal, by, reason: str) -> Proposal:
    """Close a proposal without writing anything; the reason is kept for its author."""
    return _decide(_waiting(proposal), ProposalState.REFUSED, by, reason.replace("\x00", "").strip())


def _waiting(proposal: Proposal) -> Proposal:
    found = Proposal.objects.select_for_update().get(pk=proposal.pk)
    if found.state != ProposalState.WAITING:
        raise AlreadyDecided
    return found


def _decide(proposal: Proposal, state: ProposalState, by, decision: str) -> Proposal:
    proposal.state, proposal.decided_by, proposal.decision = state, by, decision
    proposal.decided_at = timezone.now()
    proposal.save(update_fields=["state", "decided_by", "decided_at", "decision"])
    return proposal


def _fresh(sheet: Publishable) -> Publishable:
    """Another copy of the sheet: checking a form writes into the object that it is given."""
    return type(sheet)._base_manager.get(pk=sheet.pk)
