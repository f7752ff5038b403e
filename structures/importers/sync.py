"""Brings structures in line with a source: the common part of the FINESS and list importers.

A row known by (source, identifier), else by its FINESS number, updates that structure; otherwise it makes a new
one, published and not yet verified by anybody. Fields merge by `combine`; nothing is ever deleted.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any, ClassVar, NamedTuple

from guide.publishing.enums import RejectReason, Status
from guide.publishing.imports.contract import Changes, Importer, Kept, RawRow, Record, Reject, RowRejected
from structures.importers import fields, relations, writes
from structures.importers.combine import combine
from structures.importers.digest import digest, state, states
from structures.importers.places import Places
from structures.models import Structure, StructureSource


class Known(NamedTuple):
    """What the database holds of one identifier of the source."""

    structure: int
    row_digest: str
    state_digest: str
    missing: bool


@dataclass(slots=True)
class StructureRecord(Record):
    """A row; `values` is None until it is converted, which an unchanged one never needs to be."""

    row: RawRow
    digest: str


@dataclass(slots=True)
class Merged:
    """One structure with its new values set, and what is to be written after it."""

    structure: Structure
    external_id: str
    row_digest: str
    state_digest: str
    lists: dict[str, list] = field(default_factory=dict)


@dataclass(slots=True)
class StructureChanges(Changes):
    """`create` and `update` hold `Merged`; so does `noted`, where only digests or provenance changed."""

    noted: list[Merged] = field(default_factory=list)


class StructureImporter(Importer):
    """Subclasses read and convert rows; this class compares and writes."""

    fields: ClassVar[tuple[str, ...]]  # what the source may offer: columns, groups and lists
    version: ClassVar[str]  # of the conversion: another one converts every row again
    source_key: str
    places: Places

    def __init__(self, delivery):
        super().__init__(delivery)
        self.columns = fields.columns(self.fields)
        self.with_lists = any(name in fields.LISTS for name in self.fields)
        self.known_rows: dict[str, Known] = {}
        self._present: set[str] = set()
        self._numbers: dict[str, str] = {}
        self._groups: dict[int, list] = {}

    # --- what a subclass says ------------------------------------------------------

    def identifier(self, row: RawRow) -> str:
        """Identifier of the row within the source, "" when out of scope."""
        raise NotImplementedError

    def fingerprint(self, row: RawRow) -> tuple:
        """Plain values that stand for the row: the same ones convert to the same fields."""
        raise NotImplementedError

    def values_of(self, row: RawRow) -> dict[str, Any]:
        """Fields that the row offers; RowRejected with its reason."""
        raise NotImplementedError

    # --- convert -------------------------------------------------------------------

    def load_known(self) -> None:
        """Read the communes, and what the database holds of this source; called before the first row."""
        self.places = Places()
        rows = StructureSource.objects.filter(source=self.source_key)
        columns = ("external_id", "structure", "row_digest", "state_digest", "missing_since")
        self.known_rows = {
            identifier: Known(structure, row_digest, state_digest, missing is not None)
            for identifier, structure, row_digest, state_digest, missing in rows.values_list(*columns).iterator()
        }

    def convert(self, row: RawRow) -> Iterable[StructureRecord]:
        """One record, converted only when the row is new or changed since the last import."""
        if row.values is None:
            return []
        identifier = self.identifier(row)
        self._present.add(identifier)
        record = StructureRecord(row.line, identifier, None, row, digest((self.version, *self.fingerprint(row))))
        known = self.known_rows.get(identifier)
        if self.with_lists or known is None or known.missing or known.row_digest != record.digest:
            record.values = self.values_of(row)
        return [record]

    # --- compare: reads only ---------------------------------------------------------

    def compare(self, records: list[StructureRecord]) -> StructureChanges:
        """Sort a batch into new, changed and unchanged structures."""
        changes = StructureChanges()
        work = self._to_merge(records, changes)
        by_key, by_number = self._held(work)
        lists = relations.read_lists(by_key) if self.with_lists else {}
        for record in work:
            known = self.known_rows.get(record.external_id)
            number = record.values.get("finess")
            structure = by_key.get(known.structure) if known else by_number.get(number)
            if reason := self._number_taken(record, structure, by_number.get(number)):
                changes.rejects.append(_reject(record, RowRejected(RejectReason.DUPLICATE, reason)))
            else:
                self._merge(record, structure, lists, changes)
        changes.samples = [f"{merged.structure.name} : nouvelle" for merged in changes.create[:50]]
        return changes

    def _to_merge(self, records: list[StructureRecord], changes: StructureChanges) -> list[StructureRecord]:
        """The records that must be merged, all converted; those whose structure has not moved are counted."""
        waiting = [record for record in records if record.values is None]
        held = states((self.known_rows[record.external_id].structure for record in waiting), self.columns)
        work = []
        for record in records:
            known = self.known_rows.get(record.external_id)
            if record.values is None and held.get(known.structure) == known.state_digest:
                changes.unchanged += 1
                continue
            try:
                record.values = self.values_of(record.row) if record.values is None else record.values
                work.append(record)
            except RowRejected as reject:
                changes.rejects.append(_reject(record, reject))
        return work

    def _held(self, records: list[StructureRecord]) -> tuple[dict[int, Structure], dict[str, Structure]]:
        """Structures of these records, by primary key and by FINESS number."""
        keys = [self.known_rows[r.external_id].structure for r in records if r.external_id in self.known_rows]
        by_key = Structure.objects.in_bulk(keys)
        numbers = {record.values.get("finess") for record in records} - {None, ""}
        by_number = {s.finess: s for s in by_key.values() if s.finess in numbers}
        for structure in Structure.objects.filter(finess__in=numbers - by_number.keys()):
            by_number[structure.finess] = by_key[structure.pk] = structure
        return by_key, by_number

    def _number_taken(self, record: StructureRecord, structure: Structure | None, holder: Structure | None) -> str:
        """Why the record cannot have its FINESS number, "" when it can."""
        number = record.values.get("finess")
        if not number:
            return ""
        first = self._numbers.setdefault(number, record.external_id)
        if first != record.external_id:
            return f"numéro FINESS {number} déjà donné par la ligne « {first} »"
        if holder is not None and structure is not None and holder.pk != structure.pk:
            return f"numéro FINESS {number} déjà porté par la fiche « {holder.name} »"
        return ""

    def _merge(self, record: StructureRecord, structure: Structure | None, lists: dict, changes) -> None:
        """Set the new values on the structure and file it among the changes."""
        is_new = structure is None
        structure = structure or Structure(status=Status.PUBLISHED)
        current = {name: fields.read(structure, name) for name in record.values if name not in fields.LISTS}
        current |= self._current_lists(record, lists.get(structure.pk))
        result = combine(current, record.values, structure.provenance, self.source_key)
        plain = {name: value for name, value in result.changes.items() if name not in fields.LISTS}
        before = structure.provenance, structure.missing_since
        for name, value in plain.items():
            fields.write(structure, name, value)
        structure.provenance, structure.missing_since = result.provenance, None
        try:
            writes.check(structure)
        except RowRejected as reject:
            changes.rejects.append(_reject(record, reject))
            return
        changes.kept += [
            Kept(f"{structure.name} ({record.external_id})", fields.label(name), str(now), str(value))
            for name, (now, value) in result.kept.items()
        ]
        merged = Merged(
            structure,
            record.external_id,
            record.digest,
            # A kept field must be reported at the next import too: no fingerprint, so the row is merged again.
            "" if result.kept or self.with_lists else state(structure, self.columns),
            {name: value for name, value in result.changes.items() if name in fields.LISTS},
        )
        known = self.known_rows.get(record.external_id)
        if is_new:
            changes.create.append(merged)
        elif result.changes or before[1] or (known and known.missing):
            changes.update.append(merged)
        else:
            changes.unchanged += 1
            if known is None or before[0] != result.provenance or known[1:3] != (merged.row_digest, merged.state_digest):
                changes.noted.append(merged)

    def _current_lists(self, record: StructureRecord, held: dict[str, list] | None) -> dict[str, list]:
        lists = {name: (held or {}).get(name, []) for name in record.values if name in fields.LISTS}
        if "groups" in lists:
            lists["groups"] = relations.group_references(lists["groups"], record.values["groups"])
        return lists

    # --- apply: writes ---------------------------------------------------------------

    def apply(self, changes: StructureChanges) -> None:
        """Write a batch."""
        names = {place.pk: place.name for place in self.places.by_code.values()}
        writes.create(changes.create, names)
        writes.update([*changes.update, *changes.noted], self.columns, names)
        every = [*changes.create, *changes.update, *changes.noted]
        for merged in every:
            relations.write_lists(merged.structure, merged.lists)
            if "groups" in merged.lists:
                self._groups[merged.structure.pk] = merged.lists["groups"]
        writes.note_sources(self.source_key, every)

    def finish(self) -> None:
        """Groups may stand after their members in the file: they are tied when all rows are there."""
        if self._groups:
            relations.write_groups(self._groups)

    # --- rows that are no longer delivered -----------------------------------------------

    def known(self) -> int:
        """Rows that the last delivery of this source held."""
        return sum(not known.missing for known in self.known_rows.values())

    def missing(self, seen: set[str]) -> list[str]:
        """Identifiers that the delivery has lost; a rejected row is still there."""
        present = seen | self._present
        return sorted(name for name, known in self.known_rows.items() if not known.missing and name not in present)

    def mark_missing(self, identifiers: list[str]) -> None:
        """Mark the rows, and the structures that no other source holds."""
        writes.mark_missing(self.source_key, identifiers)


def _reject(record: StructureRecord, reject: RowRejected) -> Reject:
    return Reject(record.line, record.external_id[:120], reject.reason, reject.message[:500])
