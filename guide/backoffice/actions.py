"""Every write of the editors' common work: named, keyword-only, by somebody. Those of sheets follow the recipe of
guide/backoffice/writing.py.
"""

from collections.abc import Iterable, Mapping
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.core.mail import send_mail
from django.db import models, transaction
from django.utils import timezone

from guide.backoffice import proposals
from guide.backoffice.history.recording import Row, keep, read
from guide.backoffice.life_cycle import Transition
from guide.backoffice.models import (
    Action,
    EditorComment,
    Invitation,
    InvitationState,
    Proposal,
    ProposalState,
    Version,
)
from guide.backoffice.perimeter import reach_of
from guide.backoffice.upkeep import invitations
from guide.backoffice.writing import Stop, Write, save_of, write_sheets
from guide.core import content_version
from guide.core.images.models import Picture, delete_files
from guide.core.models import Publishable, PublishableQuerySet

ERASED = "photo effacée pour toujours (retrait de l'accord)"


def move(step: Transition, *, sheets: PublishableQuerySet, by) -> int | Stop:
    """Take one step of the life cycle with these sheets; one that is published loses an end already past.

    They are already kept inside the perimeter of `by`; those from whose state the step does not start are left.
    Returns how many moved, or the Stop of a check. PermissionDenied: the role of `by` may not take this step.
    """
    write = Write(model=sheets.model, keys=_keys(sheets), by=by, step=step)
    return write_sheets(write) or write.moved


def mark_verified(*, sheets: PublishableQuerySet, by) -> int:
    """Say that `by` has read these sheets today and found them right; returns how many there were.

    `sheets` are already kept inside the perimeter of `by`. PermissionDenied: `by` is not an editor.
    """
    if not reach_of(by).is_editor:
        raise PermissionDenied("Votre rôle ne permet pas de dire qu'une fiche est à jour.")

    def date_check() -> None:
        chosen = sheets.model._base_manager.filter(pk__in=write.keys)
        chosen.update(verified_on=timezone.localdate(), updated_by=by, updated_at=timezone.now())

    write = Write(model=sheets.model, keys=_keys(sheets), by=by, save=date_check, note="toujours à jour")
    _or_refused(write)
    return len(write.keys)


def delete_sheets(*, sheets: models.QuerySet, by) -> None:
    """Put these sheets into the bin, with what hangs on them."""

    def delete() -> None:
        sheets.model._base_manager.filter(pk__in=write.keys).delete()

    write = Write(model=sheets.model, keys=_keys(sheets), by=by, save=delete, action=Action.DELETE)
    _or_refused(write)


def _keys(sheets: models.QuerySet) -> list[int]:
    return list(sheets.order_by().values_list("pk", flat=True))


def _or_refused(write: Write) -> None:
    if stop := write_sheets(write):
        raise PermissionDenied(" ".join(stop.messages))


@transaction.atomic
def erase_picture(*, picture: Picture, by) -> None:
    """Erase a picture for ever: row, original, variants, and its rows in every version of its sheet.

    The history notes who did it and when, and nothing of the picture. Files go once the transaction holds.
    """
    link = next(field for field in picture._meta.fields if isinstance(field, models.ForeignKey))
    sheet, name = getattr(picture, link.attname), picture.image.name
    for version in Version.objects.of(link.related_model, sheet).select_for_update():
        if version.before and _forget(version.before, name):
            version.save(update_fields=["before"])
    delete_files([name])
    picture.delete()
    keep(link.related_model, read(link.related_model, [sheet]), by=by, action=Action.CHANGE, note=ERASED)
    content_version.bump()


def _forget(row: Row, name: str) -> bool:
    """Take the rows of one file out of a snapshot; whether there was one."""
    found = False
    for relation, rows in row.get("children", {}).items():
        kept = [one for one in rows if one["fields"].get("image") != name]
        found = found or len(kept) < len(rows)
        row["children"][relation] = kept
    return found


def add_comment(*, sheet: Publishable, text: str, by) -> EditorComment:
    """Keep what `by` tells the other editors; ValueError on an empty or endless text."""
    text = text.replace("\x00", "").strip()
    limit = EditorComment._meta.get_field("text").max_length
    if not 0 < len(text) <= limit:
        raise ValueError(f"Un commentaire compte de 1 à {limit} caractères.")
    return EditorComment.objects.create(sheet=sheet, text=text, author=by)


def resolve_comment(*, comment: EditorComment, by) -> None:
    """Say that what a comment asked is done; the first who says so is kept."""
    EditorComment.objects.filter(pk=comment.pk, resolved_at=None).update(resolved_at=timezone.now(), resolved_by=by)


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
    before = proposals.texts_of(sheet)
    offered = {name: proposals.text_of(values[name]) for name in before if name in values}
    # Of another copy: checking a form writes into the object that it is given.
    checked = proposals.form_for(type(sheet)._base_manager.get(pk=sheet.pk), before | offered)
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


@transaction.atomic
def accept(*, proposal: Proposal, by, fields: Iterable[str]) -> Proposal:
    """Write these fields of the proposal into its sheet, and close it; a sheet that it confirms was checked that day.

    ValidationError: a value that the sheet no longer accepts, or another editor was first.
    """
    proposal = _waiting(proposal)
    chosen = [name for name in proposal.values if name in set(fields)]
    sheet = proposal.sheet

    def fill() -> None:
        if proposal.confirms:
            day = timezone.localdate(proposal.created_at)
            sheet.verified_on = max(day, sheet.verified_on or day)
        if not chosen:
            return
        values = proposals.texts_of(sheet) | {name: proposal.values[name] for name in chosen}
        form = proposals.form_for(sheet, values)
        if not form.is_valid():
            raise ValidationError(form.errors.as_data())

    def save() -> None:
        save_of(type(sheet))(sheet=sheet, by=by)

    if chosen or proposal.confirms:
        write = Write(
            model=type(sheet),
            keys=[sheet.pk],
            by=by,
            validate=fill,
            save=save,
            note=f"proposition n°\u00a0{proposal.pk}",
        )
        if stop := write_sheets(write):
            raise ValidationError(list(stop.messages))
    labels = [str(sheet._meta.get_field(name).verbose_name) for name in chosen]
    return _decide(proposal, ProposalState.ACCEPTED, by, f"Repris : {', '.join(labels)}." if labels else "Lu.")


@transaction.atomic
def refuse(*, proposal: Proposal, by, reason: str) -> Proposal:
    """Close a proposal without writing anything; the reason is kept for its author."""
    return _decide(_waiting(proposal), ProposalState.REFUSED, by, reason.replace("\x00", "").strip())


def _waiting(proposal: Proposal) -> Proposal:
    found = Proposal.objects.select_for_update().get(pk=proposal.pk)
    if found.state != ProposalState.WAITING:
        raise ValidationError("Une autre personne a déjà décidé de cette proposition.")
    return found


def _decide(proposal: Proposal, state: ProposalState, by, decision: str) -> Proposal:
    proposal.state, proposal.decided_by, proposal.decision = state, by, decision
    proposal.decided_at = timezone.now()
    proposal.save(update_fields=["state", "decided_by", "decided_at", "decision"])
    return proposal


@transaction.atomic
def invite(*, sheet: Publishable, by, email: str = "") -> Invitation:
    """Make the link of a sheet, mail it when `email` is given, and revoke the link that it had."""
    revoke(sheet=sheet)
    until = timezone.now() + invitations.LINK_LIFE
    made = Invitation.objects.create(sheet=sheet, author=by, email=email, expires_at=until)
    if email:
        # A name of several lines would be refused as a forged head of mail.
        subject = " ".join(f"Votre fiche « {sheet} » est-elle encore juste ?".split())
        send_mail(subject, invitations.mail(made), None, [email])
    return made


def revoke(*, sheet: Publishable) -> None:
    """The link of a sheet no longer opens; an answer already given stays a proposal."""
    still_open = Invitation.objects.about(sheet).filter(state=InvitationState.SENT)
    still_open.update(state=InvitationState.REVOKED, closed_at=timezone.now())


@transaction.atomic
def answer_invitation(*, invitation: Invitation, values: Mapping[str, Any], text: str, name: str) -> Proposal:
    """Keep what somebody answers as a proposal that confirms the rest of the sheet, and close the link.

    `values` are the texts of the form, `name` who answers. ValidationError: a value that the sheet could not hold,
    at its field; Over: the link was answered or revoked meanwhile.
    """
    found = Invitation.objects.select_for_update().get(pk=invitation.pk)
    if not invitations.is_open(found):
        raise invitations.Over
    contact = f"{name} (lien envoyé à {found.email})" if found.email else f"{name} (lien transmis)"
    proposal = propose(sheet=found.sheet, values=values, text=text, contact=contact[:250], confirms=True)
    found.state, found.closed_at = InvitationState.ANSWERED, timezone.now()
    found.save(update_fields=["state", "closed_at"])
    return proposal
