"""The letter to the author of an offered testimonial."""

import logging
from smtplib import SMTPException

from django.conf import settings
from django.core.mail import send_mail

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


def send_withdrawal_link(*, to: str, link: str, version: str, consent: str) -> bool:
    """Send the link; False, and a line in the log, when the mail server does not take it. Nothing is lost then:
    the page that follows the form shows the same link."""
    text = TEXT.format(link=link, version=version, consent=consent, site=settings.SITE_NAME, address=settings.SITE_URL)
    try:
        return bool(send_mail(SUBJECT, text, None, [to]))
    except (OSError, SMTPException) as error:
        logger.warning("the withdrawal link was not sent: %s", error)
        return False
