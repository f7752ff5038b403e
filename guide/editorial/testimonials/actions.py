"""Writes of testimonials: offered by a visitor, withdrawn by its author."""

import secrets
from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.html import format_html_join
from django.utils.text import slugify

from guide.backoffice.models import EditorComment, Version
from guide.core import content_version
from guide.core.enums import Status
from guide.core.images.writing import delete_files
from guide.core.models import SlugRedirect
from guide.core.rich_text import clean
from guide.editorial.actions import SLUG_KINDS
from guide.editorial.models import Testimonial, TestimonialPortrait
from guide.editorial.testimonials.vocabulary import CONSENT_TEXT, CONSENT_VERSION, Origin

# What a testimonial still says once withdrawn: that there was one, and when.
WITHDRAWN_TITLE = "Témoignage retiré"


@transaction.atomic
def offer_testimonial(*, values: Mapping[str, Any], by=None) -> Testimonial:
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
        created_by=by,
        updated_by=by,
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
    delete_files(images_of(row.pk))
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


def images_of(testimonial: int) -> set[str]:
    """Stored images of the portraits that a testimonial has or had: its history keeps those that were replaced."""
    now = TestimonialPortrait.objects.filter(testimonial=testimonial).values_list("image", flat=True)
    versions = Version.objects.of(Testimonial, testimonial).exclude(before=None)
    past = [
        row["fields"]["image"]
        for before in versions.values_list("before", flat=True)
        for row in before.get("children", {}).get("portrait", [])
    ]
    return {*now, *past}
