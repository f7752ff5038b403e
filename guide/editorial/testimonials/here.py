"""Testimonials on the pages of others: a place, a way to practise, a structure, the home page. One query each."""

from django.urls import reverse
from django.utils.http import urlencode

from guide.editorial.models import Testimonial
from guide.editorial.testimonials.rows import rows
from guide.territories import holders
from guide.territories.enums import TerritoryKind

SHOWN = 3


def of_place(territory: int, version: str) -> dict:
    """Those of a place, then those told of the department or region that holds it; one more query for what holds it,
    once per content version."""
    place = holders.of(territory, version)
    department = place and place.outer(TerritoryKind.DEPARTMENT)
    query = f"?{urlencode({'departement': department.code})}" if department else ""
    return _context(Testimonial.objects.live().about_place(territory), query)


def of_option(slug: str) -> dict:
    """Those of a way to practise."""
    return _context(Testimonial.objects.live().filter(option__slug=slug).newest_first())


def of_structure(structure: int) -> dict:
    """Those of a structure (primary key)."""
    return _context(Testimonial.objects.live().filter(structure=structure).newest_first())


def featured() -> dict:
    """The last ones received."""
    return _context(Testimonial.objects.live().newest_first())


def _context(found, query: str = "") -> dict:
    return {"rows": rows(found[:SHOWN]), "list": f"{reverse('testimonials:list')}{query}"}
