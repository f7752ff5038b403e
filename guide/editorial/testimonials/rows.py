"""One testimonial among others, ready to print."""

import re
from typing import NamedTuple

from django.db.models import OuterRef, Subquery

from guide.core.french import typographic
from guide.core.images.making import Printed, printed
from guide.core.rich_text import CITATION, blocks
from guide.editorial.models import Testimonial
from guide.editorial.models.testimonial import TestimonialQuerySet
from guide.editorial.testimonials.vocabulary import Origin

EXCERPT = 260  # letters, whole sentences, of a text without a summary
_CITED = re.compile(rf"\s*{CITATION.pattern}")


class TestimonialRow(NamedTuple):
    """Inputs of components/quote.html."""

    text: str
    who: str
    role: str
    href: str
    source: str
    portrait: Printed | None


def with_row(found: TestimonialQuerySet) -> TestimonialQuerySet:
    """The testimonials with what their rows say of others; `label` is that of the first of their sources."""
    through = Testimonial.references.through
    cited = through.objects.filter(testimonial=OuterRef("pk")).order_by("reference__code")
    label = Subquery(cited.values("reference__label")[:1])
    return found.select_related("territory", "portrait").annotate(label=label)


def rows(found: TestimonialQuerySet) -> list[TestimonialRow]:
    """The testimonials as rows, in their order."""
    return [row(one) for one in with_row(found)]


def row(one: Testimonial) -> TestimonialRow:
    """A testimonial read `with_row`, ready to print."""
    return TestimonialRow(
        text=typographic(one.summary or excerpt(one.body)),
        who=typographic(one.name),
        role=typographic(one.role) or (one.territory.name if one.territory else ""),
        href=one.get_absolute_url(),
        source=source_of(one),
        portrait=portrait_of(one),
    )


def portrait_of(testimonial: Testimonial) -> Printed | None:
    """The portrait of a testimonial, ready to print."""
    one = getattr(testimonial, "portrait", None)
    return printed(one.image.name, one.width, one.height, one.alternative, one.credit) if one else None


def source_of(one: Testimonial) -> str:
    """Who says so: the first of the documents, or the author in a year."""
    if one.origin == Origin.OFFERED:
        return f"témoignage confié à ce site, {one.year}" if one.year else "témoignage confié à ce site"
    return one.label or one.year


def excerpt(body: str) -> str:
    """The first whole sentences of a text, at least one, up to EXCERPT letters; a very long one is cut."""
    words = " ".join(_CITED.sub("", next(iter(blocks(body)), "")).split())
    shown = ""
    for sentence in re.split(r"(?<=[.!?…]) ", words):
        if shown and len(shown) + len(sentence) > EXCERPT:
            break
        shown = f"{shown} {sentence}".strip()
    return shown if len(shown) <= 2 * EXCERPT else f"{shown[: 2 * EXCERPT].rsplit(' ', 1)[0]}…"
