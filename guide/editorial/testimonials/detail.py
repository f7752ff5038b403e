"""The page of a testimonial, ready to print."""

from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.text import capfirst

from guide.core.enums import Status
from guide.core.french import UNKNOWN, long_date, typographic
from guide.editorial import lexicon
from guide.editorial.models import Testimonial
from guide.editorial.rendering import Rendering
from guide.editorial.sheet_page import foot
from guide.editorial.testimonials.addresses import trail
from guide.editorial.testimonials.rows import excerpt, portrait_of, rows
from guide.editorial.testimonials.vocabulary import Origin

NEAR = 3
# Ids that the template uses.
RESERVED = ("fiche", "ailleurs")


def find(slug: str, version: str) -> dict | None:
    """The testimonial, or None when no visitor may see one at this address."""
    live = Testimonial.objects.live().select_related("territory", "structure", "option", "portrait")
    row = live.filter(slug=slug).first()
    return context(row, version) if row else None


def context(row: Testimonial, version: str) -> dict[str, Any]:
    """A testimonial in whatever state."""
    rendering = Rendering(lexicon.current(version), reserved=RESERVED)
    body = rendering.html(row.body)
    return {
        "title": typographic(row.title),
        "lead": typographic(", ".join(part for part in (row.name, row.role) if part)),
        "description": typographic(row.summary or excerpt(row.body) or row.title),
        "body": body,
        "portrait": portrait_of(row),
        "facts": _facts(row),
        "is_offered": row.origin == Origin.OFFERED,
        "consented": long_date(timezone.localdate(row.consented_at)) if row.consented_at else "",
        "near": _near(row),
        "near_title": f"Autres témoignages\u00a0: {row.territory.name}" if row.territory else "Autres témoignages",
        "canonical": row.get_absolute_url(),
        "breadcrumb": trail(typographic(row.title)),
        "list": reverse("testimonials:list"),
        **foot(row, rendering),
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
        facts.append(("Territoire", row.territory.name, row.territory.get_absolute_url()))
    if row.structure:
        is_seen = row.structure.status == Status.PUBLISHED
        facts.append(("Structure", row.structure.name, row.structure.get_absolute_url() if is_seen else ""))
    if row.option:
        is_seen = row.option.status == Status.PUBLISHED
        facts.append(("Façon d'exercer", row.option.title, row.option.get_absolute_url() if is_seen else ""))
    return [(label, capfirst(text or UNKNOWN), href) for label, text, href in facts]


def _near(row: Testimonial) -> list:
    """Others of the same place or around it; of any place for one without."""
    others = Testimonial.objects.live().exclude(pk=row.pk)
    found = others.about_place(row.territory_id) if row.territory_id else others.newest_first()
    return rows(found[:NEAR])
