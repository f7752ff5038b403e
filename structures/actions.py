"""Writes of structures: named, keyword-only, by somebody. Those of sheets are one act of the recipe of a write
(guide/backoffice/writing.py), which does the rest."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.db import transaction
from django.utils import timezone

from guide.backoffice.writing import sign
from guide.core import content_version, rich_text
from guide.core.french import fold
from guide.core.slugs import record_moves
from structures.enums import IMPORTANCE, CoordinateSource, Kind
from structures.models import MAX_LIST_ORDER, CompletenessNote, Structure

SLUG_KIND = "structure"
MAX_SEARCH_TEXT = 400
# The columns that a region's manifest gives, and what is stored where it does not.
NOTE_COLUMNS = {"text": "", "expected": None, "source": "", "source_url": "", "source_date": ""}


@transaction.atomic
def save_structure(*, sheet: Structure, by) -> None:
    """Save a structure that `by` has edited, and what follows from the edit; one act of the recipe of a write.

    Its search text is made again; a former address leads to the new one; a position that was moved without
    saying from where is a position placed by hand.
    """
    before = Structure.objects.filter(pk=sheet.pk).first()
    sign(sheet, by)
    if rich_text.is_markup(sheet.presentation):
        sheet.presentation = rich_text.clean(sheet.presentation)
    if before is not None and _was_moved(before, sheet):
        sheet.coordinate_source = CoordinateSource.HAND
    set_search_text(sheet, sheet.commune.name)
    sheet.save()
    if before is not None and before.slug != sheet.slug:
        record_moves(SLUG_KIND, {before.slug: sheet.slug})


def set_search_text(structure: Structure, commune: str) -> None:
    """What a search compares: name, commune and FINESS number, folded ("msp de la vallee la chatre 360000111").

    And what sorts its lists: "00 la chatre msp de la vallee".
    """
    structure.search_text = fold(f"{structure.name} {commune} {structure.finess or ''}")[:MAX_SEARCH_TEXT]
    place = fold(f"{commune} {structure.name}")
    structure.list_order = f"{IMPORTANCE.index(structure.kind):02} {place}"[:MAX_LIST_ORDER]


def _was_moved(before: Structure, after: Structure) -> bool:
    moved = (before.latitude, before.longitude) != (after.latitude, after.longitude)
    return moved and after.latitude is not None and before.coordinate_source == after.coordinate_source


@transaction.atomic
def dismiss(*, pairs, by) -> int:
    """Say that these pairs are two structures each; `pairs` already kept within the perimeter of `by`."""
    return pairs.filter(dismissed_at=None).update(dismissed_at=timezone.now(), dismissed_by=by)


@transaction.atomic
def suspect_again(*, pairs) -> int:
    """Take back what was dismissed."""
    return pairs.exclude(dismissed_at=None).update(dismissed_at=None, dismissed_by=None)


def replace_notes(wanted: Iterable[Mapping[str, Any]]) -> int:
    """Make the notes those of a region's manifest; returns how many changed. ValueError names a wrong kind.

    Each mapping has `kind`, `text`, `source`, and maybe `expected`, `source_url`, `source_date`.
    """
    rows = {row["kind"]: {name: row.get(name, absent) for name, absent in NOTE_COLUMNS.items()} for row in wanted}
    if unknown := sorted(rows.keys() - set(Kind.values)):
        raise ValueError(f"type de structure inconnu : {', '.join(unknown)}")
    held = {note.pop("kind"): note for note in CompletenessNote.objects.values("kind", *NOTE_COLUMNS)}
    changed = {kind: row for kind, row in rows.items() if held.get(kind) != row}
    gone = held.keys() - rows.keys()
    CompletenessNote.objects.filter(kind__in=gone).delete()
    for kind, row in changed.items():
        CompletenessNote.objects.update_or_create(kind=kind, defaults=row)
    if changed or gone:
        content_version.bump()
    return len(changed) + len(gone)
