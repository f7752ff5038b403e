"""Testimonials on the pages of others: a place, a way to practise, a structure, the home page. One query each."""

from django.urls import reverse
from django.utils.http import urlencode

from guide.editorial.models import Testimonial
from guide.editorial.testimonials.rows import rows
from guide.territories.enums import TerritoryKind
from guide.territories.models import Containment

SHOWN = 3


def of_place(territory: int) -> dict:
    """Those of a place, then those told of the department or region that holds it; two queries."""
    department = Containment.objects.filter(inner=territory, outer__kind=TerritoryKind.DEPARTMENT)
    code = department.values_list("outer__code", flat=True).first()
    query = f"?{urlencode({'departement': code})}" if code else ""
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
