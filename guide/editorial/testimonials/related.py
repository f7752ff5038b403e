"""Testimonials related to the page of another: a place, a way to practise, a structure, the home page.

A region has a few dozen: pages choose among them in memory.
"""

from collections import defaultdict
from collections.abc import Callable
from typing import NamedTuple

from django.db.models import F
from django.urls import reverse
from django.utils.http import urlencode

from guide.core.content_version import kept
from guide.editorial.models import Testimonial
from guide.editorial.testimonials.pages import TestimonialRow, row, with_row
from guide.territories.enums import TerritoryKind
from guide.territories.places import held_of

SHOWN = 3


class Told(NamedTuple):
    """A testimonial; `outers`: primary keys of what holds the place that it is about, itself included."""

    sheet: Testimonial
    row: TestimonialRow
    outers: frozenset[int]


def _told() -> list[Told]:
    live = with_row(Testimonial.objects.live().newest_first()).select_related("option")
    sheets, outers = {}, defaultdict(set)
    for one in live.annotate(outer=F("territory__outer_links__outer")):  # once for each place that holds its own
        sheets[one.pk] = one
        outers[one.pk].add(one.outer)
    return [Told(one, row(one), frozenset(outers[pk])) for pk, one in sheets.items()]


def _all(version: str) -> list[Told]:
    return kept(version, "testimonials-told", _told)


def of_place(territory: int, version: str) -> dict:
    """Those of a place (primary key) or of its parts, then those told of the places that hold it."""
    place = held_of(territory, version)
    if place is None:
        return _context([])
    around = {outer.pk for outer in place.outers}
    every = _all(version)
    own = [one for one in every if territory in one.outers]
    wider = [one for one in every if territory not in one.outers and one.sheet.territory_id in around]
    department = place.outer(TerritoryKind.DEPARTMENT)
    return _context(own + wider, f"?{urlencode({'departement': department.code})}" if department else "")


def of_option(slug: str, version: str) -> dict:
    """Those of a way to practise."""
    return _chosen(version, lambda one: one.sheet.option is not None and one.sheet.option.slug == slug)


def of_structure(structure: int, version: str) -> dict:
    """Those of a structure (primary key)."""
    return _chosen(version, lambda one: one.sheet.structure_id == structure)


def featured(version: str) -> dict:
    """The last ones received."""
    return _chosen(version, lambda one: True)


def _chosen(version: str, wanted: Callable[[Told], bool]) -> dict:
    return _context([one for one in _all(version) if wanted(one)])


def _context(found: list[Told], query: str = "") -> dict:
    return {"rows": [one.row for one in found[:SHOWN]], "list": f"{reverse('testimonials:list')}{query}"}
