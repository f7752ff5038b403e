"""Writes of structures: named, keyword-only, by somebody."""

from django.db import transaction

from guide.core import content_version, rich_text
from guide.core.slugs import record_moves
from structures.enums import CoordinateSource
from structures.models import Structure
from structures.search_text import search_text

SLUG_KIND = "structure"


@transaction.atomic
def save_structure(*, structure: Structure, by) -> Structure:
    """Save a structure that `by` has edited, and what follows from the edit.

    Its search text is made again; a former address leads to the new one; a position that was moved without
    saying from where is a position placed by hand; the content version is raised.
    """
    before = Structure.objects.filter(pk=structure.pk).first()
    structure.updated_by = by
    if rich_text.is_markup(structure.presentation):
        structure.presentation = rich_text.clean(structure.presentation)
    if before is None:
        structure.created_by = by
    elif _was_moved(before, structure):
        structure.coordinate_source = CoordinateSource.HAND
    structure.search_text = search_text(structure.name, structure.commune.name, structure.finess)
    structure.save()
    if before is not None and before.slug != structure.slug:
        record_moves(SLUG_KIND, {before.slug: structure.slug})
    content_version.bump()
    return structure


def _was_moved(before: Structure, after: Structure) -> bool:
    moved = (before.latitude, before.longitude) != (after.latitude, after.longitude)
    return moved and after.latitude is not None and before.coordinate_source == after.coordinate_source
