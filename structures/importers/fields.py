"""Fields of a structure as imports see them: plain columns, columns that only make sense together, and lists.

A group or a list is one field for the three-way merge: an editor who moves a point on the map changes the whole
position, not a latitude.
"""

from collections.abc import Iterable
from typing import Any

from guide.core.imports.merge import storable
from structures.models import Structure

GROUPS: dict[str, tuple[str, ...]] = {
    "position": ("latitude", "longitude", "coordinate_source"),
    "opening": ("opened_on", "opened_precision"),
}
LISTS: dict[str, str] = {
    "modes": "modes d'exercice",
    "staff": "professions exercées",
    "stops": "arrêts",
    "groups": "membre de",
    "coverage": "périmètre couvert",
}
GROUP_LABELS = {"position": "position", "opening": "ouverture"}


def columns(fields: Iterable[str]) -> tuple[str, ...]:
    """Database columns of these fields, in order; lists have none."""
    names = [GROUPS.get(field, (field,)) for field in fields if field not in LISTS]
    return tuple(column for group in names for column in group)


def read(structure: Structure, field: str) -> Any:
    """Value of a plain field or of a group; a group with nothing in it is []."""
    if field not in GROUPS:
        return storable(getattr(structure, field))
    parts = [getattr(structure, column) for column in GROUPS[field]]
    return [storable(part) for part in parts] if any(part not in (None, "") for part in parts) else []


def write(structure: Structure, field: str, value: Any) -> None:
    """Set a plain field or a group; "" becomes NULL where the column is a date, a number or a unique code."""
    names = GROUPS.get(field, (field,))
    parts = [value] if field not in GROUPS else (list(value) or [None] * len(names))
    for name, part in zip(names, parts, strict=True):
        column = Structure._meta.get_field(name)
        empty = None if column.null else ""
        setattr(structure, name, empty if part in (None, "") else column.to_python(part))


def label(field: str) -> str:
    """French name of a field, for reports."""
    if field in LISTS or field in GROUP_LABELS:
        return LISTS.get(field) or GROUP_LABELS[field]
    return str(Structure._meta.get_field(field).verbose_name)
