"""Invitations: a structure or a funder confirms or corrects its own sheet by a signed link, without an account.

Each app says in its module `editing.py` what the page of the link shows beside the fields that may be corrected
(those of guide/backoffice/proposals.py), and which address the sheet itself gives:

    invitations.register(Structure, Invitable(facts=facts, email=lambda sheet: sheet.email))

A link opens one sheet, once, for LINK_LIFE, until it is revoked; a newer link of the same sheet revokes it. The answer
is a proposal: nothing of the sheet changes before an editor accepts. The writes are in guide/backoffice/actions.py.
"""

from collections.abc import Callable
from datetime import timedelta
from typing import Any, NamedTuple

from django.conf import settings
from django.core import signing
from django.db import models
from django.urls import reverse
from django.utils import timezone

from guide.backoffice.models import Invitation, InvitationState
from guide.backoffice.perimeter import reach_of
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


class Invitable(NamedTuple):
    """What an invitation needs to know of a model."""

    facts: Callable[[Any], list[tuple[str, str]]]
    email: Callable[[Any], str]


_invitables: dict[type[Publishable], Invitable] = {}


def register(model: type[Publishable], invitable: Invitable) -> None:
    """Let editors invite people to confirm sheets of `model`; its fields are registered in `proposals` too."""
    _invitables[model] = invitable


def is_invitable(model: type[models.Model]) -> bool:
    """Whether sheets of this model can be confirmed by a link."""
    return model in _invitables


def may_invite(user, sheet: Publishable) -> bool:
    """Whether `user` may send the link of this sheet, as far as roles and its state say."""
    return is_invitable(type(sheet)) and sheet.status != Status.ARCHIVED and reach_of(user).is_editor


def facts_of(sheet: Publishable) -> list[tuple[str, str]]:
    """What the page shows and does not let correct, as (label, text)."""
    return _invitables[type(sheet)].facts(sheet)


def email_of(sheet: Publishable) -> str:
    """The address that the sheet itself gives, or nothing."""
    return _invitables[type(sheet)].email(sheet)


def mail(invitation: Invitation) -> str:
    """The text that brings the link."""
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


def link_of(invitation: Invitation) -> str:
    """The whole address that is given or mailed."""
    # With the instant of its making: after a restored backup the same key may be another invitation's.
    token = signing.Signer(salt=_SALT).sign_object([invitation.pk, invitation.created_at.isoformat()])
    return settings.SITE_URL + reverse("confirm", args=[token])


def invitation_of(token: str) -> Invitation:
    """The open invitation of a link. signing.BadSignature: not one of ours; Over: no longer open."""
    pk, made_at = signing.Signer(salt=_SALT).unsign_object(token)
    found = Invitation.objects.filter(pk=pk, created_at=made_at).first()
    if found is None or not is_open(found):
        raise Over
    return found


def is_open(invitation: Invitation) -> bool:
    """Whether the link still opens its sheet."""
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
