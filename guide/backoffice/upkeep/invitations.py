"""Invitations: a structure or a funder confirms or corrects its own sheet by a signed link, without an account.

Each app says in its module `editing.py` what the page of the link shows beside the fields that may be corrected
(those of guide/backoffice/proposals.py), and which address the sheet itself gives:

    invitations.register(Structure, facts=facts, email=lambda sheet: sheet.email)

A link opens one sheet, once, for LINK_LIFE, until it is revoked; a newer link of the same sheet revokes it. The answer
is a proposal: nothing of the sheet changes before an editor accepts.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.core import signing
from django.core.mail import send_mail
from django.db import models, transaction
from django.urls import reverse
from django.utils import timezone

from guide.backoffice import proposals
from guide.backoffice.enums import InvitationState
from guide.backoffice.models import Invitation, Proposal
from guide.core import attempts
from guide.core.enums import Status
from guide.core.french import long_date
from guide.core.models import Publishable

LINK_LIFE = timedelta(days=30)
MAX_ANSWERS = 20  # attempts to send the form of one link, within WINDOW
WINDOW = timedelta(hours=1)
_SALT = "guide.invitation"


class Over(Exception):
    """The link was answered, revoked or has expired, or its sheet has left the site."""


@dataclass(frozen=True, slots=True)
class Invitable:
    """What an invitation needs to know of a model."""

    facts: Callable[[Any], list[tuple[str, str]]]
    email: Callable[[Any], str]


_invitables: dict[type[Publishable], Invitable] = {}


def register(
    model: type[Publishable],
    *,
    facts: Callable[[Any], list[tuple[str, str]]],
    email: Callable[[Any], str],
) -> None:
    """Let editors invite people to confirm sheets of `model`; its fields are registered in `proposals` too."""
    _invitables[model] = Invitable(facts, email)


def is_invitable(model: type[models.Model]) -> bool:
    """Whether sheets of this model can be confirmed by a link."""
    return model in _invitables


def facts_of(sheet: Publishable) -> list[tuple[str, str]]:
    """What the page shows and does not let correct, as (label, text)."""
    return _invitables[type(sheet)].facts(sheet)


def email_of(sheet: Publishable) -> str:
    """The address that the sheet itself gives, or nothing."""
    return _invitables[type(sheet)].email(sheet)


@transaction.atomic
def invite(*, sheet: Publishable, by, email: str = "") -> Invitation:
    """Make the link of a sheet, mail it when `email` is given, and revoke the link that it had."""
    now = timezone.now()
    still_open = Invitation.objects.about(sheet).filter(state=InvitationState.SENT)
    still_open.update(state=InvitationState.REVOKED, closed_at=now)
    made = Invitation.objects.create(sheet=sheet, author=by, email=email, expires_at=now + LINK_LIFE)
    if email:
        # A name of several lines would be refused as a forged head of mail.
        subject = " ".join(f"Votre fiche « {sheet} » est-elle encore juste ?".split())
        send_mail(subject, _mail(made), None, [email])
    return made


def _mail(invitation: Invitation) -> str:
    until = long_date(timezone.localdate(invitation.expires_at))
    return "\n\n".join(
        [
            "Bonjour,",
            f"Le guide {settings.SITE_NAME} présente «\u00a0{invitation.sheet}\u00a0» aux médecins.",
            "Cette fiche est-elle encore juste\u00a0? Confirmez-la ou corrigez-la, sans compte.",
            f"Voici votre lien, jusqu'au {until}\u00a0:",
            link_of(invitation),
            "Ce lien ne sert qu'une fois, et n'ouvre que cette fiche. Un éditeur relira votre réponse.",
            f"L'équipe du guide {settings.SITE_NAME}",
        ]
    )


@transaction.atomic
def revoke(*, invitation: Invitation) -> None:
    """The link no longer opens; an answer already given stays a proposal."""
    found = Invitation.objects.select_for_update().get(pk=invitation.pk)
    if found.state == InvitationState.SENT:
        found.state, found.closed_at = InvitationState.REVOKED, timezone.now()
        found.save(update_fields=["state", "closed_at"])


def link_of(invitation: Invitation) -> str:
    """The whole address that is given or mailed."""
    # With the instant of its making: after a restored backup the same key may be another invitation's.
    token = signing.Signer(salt=_SALT).sign_object([invitation.pk, invitation.created_at.isoformat()])
    return settings.SITE_URL + reverse("confirm", args=[token])


def invitation_of(token: str) -> Invitation:
    """The open invitation of a link. signing.BadSignature: not one of ours; Over: no longer open."""
    pk, made_at = signing.Signer(salt=_SALT).unsign_object(token)
    found = Invitation.objects.filter(pk=pk, created_at=made_at).first()
    if found is None or not _is_open(found):
        raise Over
    return found


def _is_open(invitation: Invitation) -> bool:
    sheet = invitation.sheet
    return (
        invitation.state == InvitationState.SENT
        and invitation.expires_at > timezone.now()
        and sheet is not None
        and sheet.status != Status.ARCHIVED
        and is_invitable(type(sheet))
    )


def may_try(invitation: Invitation) -> bool:
    """Count one attempt to answer; False above MAX_ANSWERS within WINDOW."""
    return attempts.count(f"invitation-{invitation.pk}", WINDOW) <= MAX_ANSWERS


@transaction.atomic
def answer(*, invitation: Invitation, values: Mapping[str, Any], text: str, name: str) -> Proposal:
    """Keep what somebody answers as a proposal that confirms the rest of the sheet, and close the link.

    `values` are the texts of the form, `name` who answers. ValidationError: a value that the sheet could not hold,
    at its field; Over: the link was answered or revoked meanwhile.
    """
    found = Invitation.objects.select_for_update().get(pk=invitation.pk)
    if not _is_open(found):
        raise Over
    contact = f"{name} (lien envoyé à {found.email})" if found.email else f"{name} (lien transmis)"
    proposal = proposals.propose(sheet=found.sheet, values=values, text=text, contact=contact[:250], confirms=True)
    found.state, found.closed_at = InvitationState.ANSWERED, timezone.now()
    found.save(update_fields=["state", "closed_at"])
    return proposal
