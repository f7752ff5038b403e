"""One row converted, then merged into its structure, in memory, and told in words: no query and no write.

Fields are plain columns, columns that only make sense together, and lists. A group or a list is one field for the
three-way merge: an editor who moves a point on the map changes the whole position, not a latitude.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from guide.core.enums import RejectReason
from guide.core.imports.contract import Changes, Kept, RawRow, Record, RowDifference, RowRejected, shown
from guide.core.imports.merge import Merged, merge, storable
from structures.enums import CoordinateSource
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
FINESS = "finess"
# FINESS, a kept-up register, owns a field rather than a list. A name is the contrary: FINESS writes it in
# capitals, cut at 38 or 80 characters, where a list was written by a person.
RANKS = {FINESS: 10}
NAME_RANKS = {FINESS: -10}
SAME_PLACE_DEGREES = 0.00002  # about 2 m: the rounding between two formats of one file, not a move
_PRECISION = {CoordinateSource.COMMUNE: 1, CoordinateSource.STREET: 2}
_PRECISE = 3


def columns_of(fields: Iterable[str]) -> tuple[str, ...]:
    """Database columns of these fields, in order; lists have none."""
    names = [GROUPS.get(field, (field,)) for field in fields if field not in LISTS]
    return tuple(column for group in names for column in group)


def read_field(structure: Structure, field: str) -> Any:
    """Value of a plain field or of a group; a group with nothing in it is []."""
    if field not in GROUPS:
        return storable(getattr(structure, field))
    parts = [getattr(structure, column) for column in GROUPS[field]]
    return [storable(part) for part in parts] if any(part not in (None, "") for part in parts) else []


def write_field(structure: Structure, field: str, value: Any) -> None:
    """Set a plain field or a group; "" becomes NULL where the column is a date, a number or a unique code."""
    names = GROUPS.get(field, (field,))
    parts = [value] if field not in GROUPS else (list(value) or [None] * len(names))
    for name, part in zip(names, parts, strict=True):
        column = Structure._meta.get_field(name)
        empty = None if column.null else ""
        setattr(structure, name, empty if part in (None, "") else column.to_python(part))


def field_label(field: str) -> str:
    """French name of a field, for reports."""
    return (LISTS | GROUP_LABELS).get(field) or str(Structure._meta.get_field(field).verbose_name)


def combine(
    current: Mapping[str, Any], offered: Mapping[str, Any], provenance: Mapping[str, list], source: str
) -> Merged:
    """Merge `offered` (field -> value, from `source`) into `current`; see guide/core/imports/merge.py."""
    of_fields = {"name": NAME_RANKS}
    if "position" in offered:
        offered = {**offered, "position": _settled(current, offered, provenance, source)}
        left = provenance.get("position")
        of_fields["position"] = _position_ranks(current["position"], offered["position"], left, source)
    return merge(current, offered, provenance, source, RANKS, of_fields)


def _settled(current: Mapping, offered: Mapping, provenance: Mapping, source: str) -> list:
    """The offered position, unless it says less than the one held, or the same within a rounding.

    A file without coordinates (cs1100502) offers the commune: no reason to lose a point found before, as long
    as the commune is the same.
    """
    now, value = current["position"], offered["position"]
    left = provenance.get("position")
    ours = left is not None and left[0] == source and left[1] == now
    if not ours or not value or now == value:
        return value
    moved = current["commune_id"] != offered.get("commune_id", current["commune_id"])
    if value[2] == CoordinateSource.COMMUNE and now[2] != CoordinateSource.COMMUNE and not moved:
        return now
    near = all(abs(a - b) <= SAME_PLACE_DEGREES for a, b in zip(now[:2], value[:2], strict=True))
    return now if near and now[2] == value[2] else value


def _position_ranks(now: list, value: list, left: list | None, source: str) -> dict[str, int]:
    """Between sources the more precise position wins, then the usual rank."""
    if left is None or left[0] == source:
        return RANKS
    return {name: RANKS.get(name, 0) + 100 * _precision(place) for name, place in ((source, value), (left[0], now))}


def _precision(position: list) -> int:
    return _PRECISION.get(position[2], _PRECISE) if position else 0


@dataclass(slots=True)
class StructureRecord(Record):
    """A row; `values` is None until it is converted, which an unchanged one never needs to be."""

    values: dict[str, Any] | None
    row: RawRow
    digest: str


@dataclass(slots=True)
class StructureChange:
    """One structure with its new values set, and what is to be written after it.

    `before`: what its fields were, lists included. `written` False means that the structure itself is as before:
    only the fingerprints of its row (`record.digest`, `state_digest`) may be new.
    """

    record: StructureRecord
    structure: Structure
    merged: Merged
    before: Mapping[str, Any]
    came_back: bool
    written: bool
    state_digest: str = ""

    def kept(self) -> list[Kept]:
        identifier = f"{self.structure.name} ({self.record.external_id})"
        told = self.merged.kept.items()
        return [Kept(identifier, field_label(name), str(now), str(value)) for name, (now, value) in told]

    def difference(self, communes: Mapping[int, str]) -> RowDifference:
        """What changes, field by field, as editors read it; `communes`: names by primary key."""
        structure = self.structure
        name = f"{structure.name}, {communes.get(structure.commune_id, '?')} ({self.record.external_id})"
        if structure.pk is None:
            return RowDifference(name, created=True)
        told = [
            (field_label(field), _words(field, self.before[field], communes), _words(field, value, communes))
            for field, value in self.merged.changes.items()
        ]
        return RowDifference(name, fields=tuple(told))


@dataclass(slots=True)
class StructureChanges(Changes):
    """`create` and `update` hold `StructureChange`; so does `noted`, where only fingerprints or provenance changed."""

    noted: list[StructureChange] = field(default_factory=list)


def merge_into(structure: Structure, record: StructureRecord, held: dict[str, list], source: str) -> StructureChange:
    """Set on `structure` what the record changes; `held` are the lists that the database holds for it.

    RowRejected when the result is one that the database would refuse.
    """
    current = {name: held.get(name, []) if name in LISTS else read_field(structure, name) for name in record.values}
    if "groups" in current:
        current["groups"] = _named_as(current["groups"], record.values["groups"])
    merged = combine(current, record.values, structure.provenance, source)
    change = StructureChange(
        record,
        structure,
        merged,
        before=current,
        came_back=structure.missing_since is not None,
        written=bool(merged.changes) or structure.provenance != merged.provenance,
    )
    for name, value in merged.changes.items():
        if name not in LISTS:
            write_field(structure, name, value)
    structure.provenance, structure.missing_since = merged.provenance, None
    # A hand-edited opening and a delivered closure may contradict each other.
    if structure.opened_on and structure.closed_on and structure.closed_on < structure.opened_on:
        told = f"fermeture {structure.closed_on} avant l'ouverture {structure.opened_on}"
        raise RowRejected(RejectReason.BAD_DATE, told)
    return change


def _named_as(groups: list, offered: list) -> list:
    """Groups of a structure in the words of the file: [[aliases, support]] -> [[reference, support]]."""
    wanted = {reference for reference, _ in offered}
    return sorted([next((n for n in names if n in wanted), names[0]), support] for names, support in groups)


def _words(name: str, value: Any, communes: Mapping[int, str]) -> str:
    if name == "commune_id":
        return communes.get(value, shown(value))
    if name == "position" and value:
        return shown(", ".join(str(part) for part in value))
    if name in LISTS or name in GROUPS:
        return shown(value)
    labels = dict(Structure._meta.get_field(name).flatchoices)
    return shown(labels.get(value, value))
