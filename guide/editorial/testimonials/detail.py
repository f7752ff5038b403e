"""The page of a testimonial, ready to print: five queries with the lexicon in memory."""

from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.text import capfirst

from guide.core.enums import Status
from guide.core.french import UNKNOWN, long_date, typographic
from guide.editorial.lexicon import Lexicon
from guide.editorial.models import Testimonial
from guide.editorial.practice.addresses import page_of as option_page
from guide.editorial.rendering import Rendering
from guide.editorial.testimonials import portraits
from guide.editorial.testimonials.addresses import SECTION, trail
from guide.editorial.testimonials.rows import excerpt, rows
from guide.editorial.testimonials.vocabulary import Origin
from guide.territories import places

NEAR = 3
# Ids that the template uses.
RESERVED = ("fiche", "ailleurs")


def find(slug: str, lexicon: Lexicon) -> dict | None:
    """The testimonial, or None when no visitor may see one at this address."""
    row = with_links(Testimonial.objects.live()).filter(slug=slug).first()
    return context(row, lexicon) if row else None


def with_links(found):
    """With what the page links to."""
    return found.select_related("territory", "structure", "option")


def context(row: Testimonial, lexicon: Lexicon) -> dict[str, Any]:
    """A testimonial in whatever state."""
    rendering = Rendering(lexicon, reserved=RESERVED)
    body = rendering.html(row.body)
    return {
        "title": typographic(row.title),
        "lead": typographic(", ".join(part for part in (row.name, row.role) if part)),
        "description": typographic(row.summary or excerpt(row.body) or row.title),
        "body": body,
        "portrait": portraits.of(row.pk),
        "facts": _facts(row),
        "is_offered": row.origin == Origin.OFFERED,
        "consented": long_date(timezone.localdate(row.consented_at)) if row.consented_at else "",
        "near": _near(row),
        "near_title": f"Autres témoignages\u00a0: {row.territory.name}" if row.territory else "Autres témoignages",
        "sources": rendering.sources(row.references.order_by("code").values_list("code", flat=True)),
        "terms": rendering.terms(),
        "verified": long_date(row.verified_on) if row.verified_on else "",
        "canonical": row.get_absolute_url(),
        "breadcrumb": trail(typographic(row.title)),
        "list": reverse("testimonials:list"),
        "section": SECTION,
    }


def _facts(row: Testimonial) -> list[tuple[str, str, str]]:
    """(label, text, address or "") of what is known of the author; what is not is said."""
    facts = [
        ("Spécialité", row.get_specialty_display(), ""),
        ("Mode d'exercice", row.get_mode_display(), ""),
        ("Étape de vie", row.get_stage_display(), ""),
        ("Année d'arrivée", str(row.arrival_year or ""), ""),
        ("Année du témoignage", row.year, ""),
    ]
    if row.territory:
        facts.append(("Territoire", row.territory.name, places.address(row.territory.slug)))
    if row.structure:
        is_seen = row.structure.status == Status.PUBLISHED
        facts.append(("Structure", row.structure.name, row.structure.get_absolute_url() if is_seen else ""))
    if row.option:
        is_seen = row.option.status == Status.PUBLISHED
        facts.append(("Façon d'exercer", row.option.title, option_page(row.option.slug) if is_seen else ""))
    return [(label, capfirst(text or UNKNOWN), href) for label, text, href in facts]


def _near(row: Testimonial) -> list:
    """Others of the same place or around it; of any place for one without."""
    others = Testimonial.objects.live().exclude(pk=row.pk)
    found = others.about_place(row.territory_id) if row.territory_id else others.newest_first()
    return rows(found[:NEAR])
