"""One testimonial among others, ready to print."""

import re
from typing import NamedTuple

from django.db.models import OuterRef, Subquery

from guide.core.french import typographic
from guide.core.images.printing import Printed, printed
from guide.core.rich_text import CITATION, blocks
from guide.editorial.models import Testimonial
from guide.editorial.models.testimonial import TestimonialQuerySet
from guide.editorial.testimonials import portraits
from guide.editorial.testimonials.addresses import page_of
from guide.editorial.testimonials.vocabulary import Origin

EXCERPT = 260  # letters, whole sentences, of a text without a summary
FIELDS = ("slug", "title", "summary", "body", "name", "role", "territory__name", "origin", "label", "year")
COLUMNS = (*FIELDS, *(f"portrait__{name}" for name in portraits.FIELDS))
_CITED = re.compile(rf"\s*{CITATION.pattern}")


class TestimonialRow(NamedTuple):
    """Inputs of components/quote.html, and the title."""

    title: str
    text: str
    who: str
    role: str
    href: str
    source: str
    portrait: Printed | None


def rows(found: TestimonialQuerySet) -> list[TestimonialRow]:
    """The testimonials as rows, in their order; one query."""
    return [row(*values) for values in labelled(found).values_list(*COLUMNS)]


def labelled(found: TestimonialQuerySet) -> TestimonialQuerySet:
    """The testimonials with all of COLUMNS; of several sources, the first is named."""
    through = Testimonial.references.through
    cited = through.objects.filter(testimonial=OuterRef("pk")).order_by("reference__code")
    return found.annotate(label=Subquery(cited.values("reference__label")[:1]))


def row(slug, title, summary, body, name, role, place, origin, label, year, *portrait) -> TestimonialRow:
    """A testimonial of which COLUMNS were read, in their order."""
    return TestimonialRow(
        title=typographic(title),
        text=typographic(summary or excerpt(body)),
        who=typographic(name),
        role=typographic(role) or place or "",
        href=page_of(slug),
        source=source_of(origin, label or "", year),
        portrait=printed(*portrait) if portrait[0] else None,
    )


def source_of(origin: str, label: str, year: str) -> str:
    """Who says so: the document, or the author in a year."""
    if origin == Origin.OFFERED:
        return f"témoignage confié à ce site, {year}" if year else "témoignage confié à ce site"
    return label or year


def excerpt(body: str) -> str:
    """The first whole sentences of a text, at least one, up to EXCERPT letters; a very long one is cut."""
    words = " ".join(_CITED.sub("", next(iter(blocks(body)), "")).split())
    kept = ""
    for sentence in re.split(r"(?<=[.!?…]) ", words):
        if kept and len(kept) + len(sentence) > EXCERPT:
            break
        kept = f"{kept} {sentence}".strip()
    return kept if len(kept) <= 2 * EXCERPT else f"{kept[: 2 * EXCERPT].rsplit(' ', 1)[0]}…"
