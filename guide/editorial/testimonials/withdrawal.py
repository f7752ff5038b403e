"""The signed address by which the author of a testimonial takes it back, and the letter that brings it."""

import logging
from smtplib import SMTPException

from django.conf import settings
from django.core import signing
from django.core.mail import send_mail
from django.urls import reverse

_SALT = "guide.testimonial.withdrawal"
logger = logging.getLogger(__name__)
SUBJECT = "Votre témoignage : reçu, et comment le retirer"
TEXT = """Bonjour,

Nous avons reçu votre témoignage. Merci. Quelqu'un le relit avant toute publication,
et peut vous écrire à cette adresse.

Vous pouvez le retirer à tout moment, sans dire pourquoi, par ce lien. Gardez-le pour vous :
{link}

Ce que vous avez accepté (texte {version}) :
« {consent} »

{site}
{address}
"""


def withdrawal_of(pk: int) -> str:
    """The whole address by which the author of a testimonial (primary key) withdraws it; it never expires."""
    return settings.SITE_URL + reverse("testimonials:withdraw", args=[token_of(pk)])


def token_of(pk: int) -> str:
    """The signed part of that address."""
    return signing.dumps(pk, salt=_SALT)


def testimonial_of(token: str) -> int:
    """Primary key that an address names. signing.BadSignature: the address is not one of ours."""
    pk = signing.loads(token, salt=_SALT)
    if not isinstance(pk, int):
        raise signing.BadSignature("not a primary key")
    return pk


def send_withdrawal_link(*, to: str, link: str, version: str, consent: str) -> bool:
    """Send the link; False, and a line in the log, when the mail server does not take it. Nothing is lost then:
    the page that follows the form shows the same link."""
    text = TEXT.format(link=link, version=version, consent=consent, site=settings.SITE_NAME, address=settings.SITE_URL)
    try:
        return bool(send_mail(SUBJECT, text, None, [to]))
    except (OSError, SMTPException) as error:
        logger.warning("the withdrawal link was not sent: %s", error)
        return False
