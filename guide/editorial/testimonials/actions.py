"""Writes of testimonials: offered by a visitor, withdrawn by its author at a signed address that a letter brings."""

import logging
import secrets
from collections.abc import Mapping
from smtplib import SMTPException
from typing import Any

from django.conf import settings
from django.core import signing
from django.core.mail import send_mail
from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html_join
from django.utils.text import slugify

from guide.backoffice.models import EditorComment, Version
from guide.backoffice.writing import Check, Stop
from guide.core import content_version
from guide.core.enums import Status
from guide.core.images.models import delete_files
from guide.core.models import SlugRedirect
from guide.core.rich_text import clean
from guide.editorial.actions import SLUG_KINDS
from guide.editorial.enums import CONSENT_TEXT, CONSENT_VERSION, Origin
from guide.editorial.models import Testimonial, TestimonialPortrait
from guide.editorial.models.testimonial import NO_CONSENT

# What a testimonial still says once withdrawn: that there was one, and when.
WITHDRAWN_TITLE = "Témoignage retiré"
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


@transaction.atomic
def offer_testimonial(*, values: Mapping[str, Any]) -> Testimonial:
    """Keep what a visitor offers, with the consent just given: in review, never public before an editor publishes.

    `values`: name, role, specialty, mode, stage, territory, arrival_year, contact_email, and `text`, plain text.
    """
    fields = dict(values)
    text = fields.pop("text")
    now = timezone.now()
    name = fields["name"]
    return Testimonial.objects.create(
        **fields,
        slug=f"{slugify(name)[:60] or 'temoignage'}-{secrets.token_hex(3)}",
        title=f"Témoignage de {name}",
        body=paragraphs(text),
        year=str(timezone.localdate().year),
        origin=Origin.OFFERED,
        consented_at=now,
        consent_version=CONSENT_VERSION,
        consent_text=CONSENT_TEXT,
        status=Status.IN_REVIEW,
        status_since=now,
    )


def paragraphs(text: str) -> str:
    """Plain text as cleaned HTML, a paragraph for each block of lines; its markup is shown, never obeyed."""
    blocks = (" ".join(block.split()) for block in text.replace("\r\n", "\n").split("\n\n"))
    return clean(format_html_join("", "<p>{}</p>", ((block,) for block in blocks if block)))


@transaction.atomic
def withdraw_testimonial(*, pk: int, by=None) -> bool:
    """Take a testimonial off the site for ever, and erase what it held of its author; its dates stay.

    False: there was nothing left to withdraw. Doing it twice changes nothing.
    """
    row = Testimonial.objects.select_for_update().filter(pk=pk, withdrawn_at=None).first()
    if row is None:
        return False
    SlugRedirect.objects.filter(kind=SLUG_KINDS[Testimonial], new_slug=row.slug).delete()
    delete_files(_images_of(row.pk))
    TestimonialPortrait.objects.filter(testimonial=row).delete()
    EditorComment.objects.about(row).delete()  # editors may have named the author there
    Version.objects.of(Testimonial, row.pk).delete()  # the history holds the sheet as it was
    row.references.clear()
    for name in ("name", "role", "specialty", "mode", "stage", "year", "summary", "body", "contact_email"):
        setattr(row, name, "")
    row.slug, row.title = f"temoignage-retire-{row.pk}", WITHDRAWN_TITLE
    row.arrival_year = row.structure = row.option = row.publish_at = row.unpublish_at = None
    row.provenance = {}
    row.status, row.updated_by = Status.ARCHIVED, by
    row.status_since = row.withdrawn_at = timezone.now()
    row.save()
    content_version.bump()
    return True


def _images_of(testimonial: int) -> set[str]:
    """Stored images of the portraits that a testimonial has or had: its history keeps those that were replaced."""
    now = TestimonialPortrait.objects.filter(testimonial=testimonial).values_list("image", flat=True)
    versions = Version.objects.of(Testimonial, testimonial).exclude(before=None)
    past = [
        row["fields"]["image"]
        for before in versions.values_list("before", flat=True)
        for row in before.get("children", {}).get("portrait", [])
    ]
    return {*now, *past}


class ConsentCheck(Check):
    """Of a step of the list: what its author took back stays where it is, what lacks consent is not published."""

    def before(self):
        write = self.write
        if write.step is None or write.save:
            return None
        kept = Testimonial.objects.filter(pk__in=write.keys, withdrawn_at=None)
        write.keys = list(kept.values_list("pk", flat=True))
        if write.step.target == Status.PUBLISHED and kept.lacking_consent().exists():
            return Stop([NO_CONSENT])
        return None


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


def send_withdrawal_link(row: Testimonial) -> None:
    """Send the link; when the mail server does not take it, a line in the log. Nothing is lost then: the page that
    follows the form shows the same link."""
    text = TEXT.format(
        link=withdrawal_of(row.pk),
        version=row.consent_version,
        consent=row.consent_text,
        site=settings.SITE_NAME,
        address=settings.SITE_URL,
    )
    try:
        send_mail(SUBJECT, text, None, [row.contact_email])
    except (OSError, SMTPException) as error:
        logger.warning("the withdrawal link was not sent: %s", error)
