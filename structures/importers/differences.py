"""What a structure import changes, in words: names of fields and values as editors read them."""

from collections.abc import Mapping
from typing import Any

from guide.core.imports.differences import Difference, shown
from structures.importers import fields
from structures.importers.records import Merged
from structures.models import Structure


def of_new(merged: Merged, communes: Mapping[int, str]) -> Difference:
    """A structure to come: its name, its commune and its identifier in the file."""
    return Difference(_name(merged, communes), created=True)


def of_known(merged: Merged, communes: Mapping[int, str]) -> Difference:
    """A known structure: what changes, field by field."""
    told = tuple(
        (fields.label(name), _words(name, merged.before[name], communes), _words(name, value, communes))
        for name, value in merged.changes.items()
    )
    return Difference(_name(merged, communes), fields=told)


def _name(merged: Merged, communes: Mapping[int, str]) -> str:
    structure = merged.structure
    return f"{structure.name}, {communes.get(structure.commune_id, '?')} ({merged.external_id})"


def _words(name: str, value: Any, communes: Mapping[int, str]) -> str:
    if name == "commune_id":
        return communes.get(value, shown(value))
    if name == "position" and value:
        return shown(", ".join(str(part) for part in value))
    if name in fields.LISTS or name in fields.GROUPS:
        return shown(value)
    labels = dict(Structure._meta.get_field(name).flatchoices)
    return shown(labels.get(value, value))
