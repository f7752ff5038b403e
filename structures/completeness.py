"""What pages say of lists that are known to be incomplete: data of the region, never code."""

from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

from guide.core import content_version
from guide.core.content_version import kept
from guide.core.french import date_beside, typographic
from structures.enums import SHORT_LABELS, Kind
from structures.models import CompletenessNote

# The columns that a region's manifest gives, and what is stored where it does not.
EMPTY = {"text": "", "expected": None, "source": "", "source_url": "", "source_date": ""}


class Note(NamedTuple):
    """One sentence on the completeness of the list of a kind, with its source and date, ready to print."""

    label: str
    text: str
    source: str
    date: str


def _printed() -> dict[str, Note]:
    """Notes ready to print, by kind code."""
    rows = CompletenessNote.objects.order_by("kind").values_list("kind", "text", "source", "source_date")
    return {
        kind: Note(SHORT_LABELS[Kind(kind)], typographic(text), typographic(source), date_beside(source, day))
        for kind, text, source, day in rows
    }


def notes_for(kinds: Iterable[str], version: str) -> list[Note]:
    """Notes on the lists of these kinds (all kinds when none is named) at a content version, ready to print."""
    found, wanted = kept(version, "completeness-notes", _printed), set(kinds)
    return [note for kind, note in found.items() if kind in wanted or not wanted]


def replace_notes(wanted: Iterable[Mapping[str, Any]]) -> int:
    """Make the notes those of a region's manifest; returns how many changed. ValueError names a wrong kind.

    Each mapping has `kind`, `text`, `source`, and maybe `expected`, `source_url`, `source_date`.
    """
    rows = {row["kind"]: {name: row.get(name, absent) for name, absent in EMPTY.items()} for row in wanted}
    if unknown := sorted(rows.keys() - set(Kind.values)):
        raise ValueError(f"type de structure inconnu : {', '.join(unknown)}")
    held = {note.pop("kind"): note for note in CompletenessNote.objects.values("kind", *EMPTY)}
    changed = {kind: row for kind, row in rows.items() if held.get(kind) != row}
    gone = held.keys() - rows.keys()
    CompletenessNote.objects.filter(kind__in=gone).delete()
    for kind, row in changed.items():
        CompletenessNote.objects.update_or_create(kind=kind, defaults=row)
    if changed or gone:
        content_version.bump()
    return len(changed) + len(gone)
