"""One row converted, then merged into its structure, in memory, and told in words: no query and no write."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from guide.core.enums import RejectReason
from guide.core.imports.contract import Changes, Kept, RawRow, Record, RowDifference, RowRejected, shown
from guide.core.imports.merge import Merged
from structures.importers import fields, relations
from structures.importers.combine import combine
from structures.models import Structure


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
        return [Kept(identifier, fields.label(name), str(now), str(value)) for name, (now, value) in told]

    def difference(self, communes: Mapping[int, str]) -> RowDifference:
        """What changes, field by field, as editors read it; `communes`: names by primary key."""
        structure = self.structure
        name = f"{structure.name}, {communes.get(structure.commune_id, '?')} ({self.record.external_id})"
        if structure.pk is None:
            return RowDifference(name, created=True)
        told = [
            (fields.label(field), _words(field, self.before[field], communes), _words(field, value, communes))
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
    current = {
        name: held.get(name, []) if name in fields.LISTS else fields.read(structure, name) for name in record.values
    }
    if "groups" in current:
        current["groups"] = relations.group_references(current["groups"], record.values["groups"])
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
        if name not in fields.LISTS:
            fields.write(structure, name, value)
    structure.provenance, structure.missing_since = merged.provenance, None
    # A hand-edited opening and a delivered closure may contradict each other.
    if structure.opened_on and structure.closed_on and structure.closed_on < structure.opened_on:
        told = f"fermeture {structure.closed_on} avant l'ouverture {structure.opened_on}"
        raise RowRejected(RejectReason.BAD_DATE, told)
    return change


def _words(name: str, value: Any, communes: Mapping[int, str]) -> str:
    if name == "commune_id":
        return communes.get(value, shown(value))
    if name == "position" and value:
        return shown(", ".join(str(part) for part in value))
    if name in fields.LISTS or name in fields.GROUPS:
        return shown(value)
    labels = dict(Structure._meta.get_field(name).flatchoices)
    return shown(labels.get(value, value))
