"""Brings structures in line with a source: the common part of the FINESS and list importers.

A row known by (source, identifier), else by its FINESS number, updates that structure; otherwise it makes a new
one, published and not yet verified by anybody. Fields merge by `combine`; nothing is ever deleted.
"""

import hashlib
from abc import abstractmethod
from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Any, ClassVar, NamedTuple

from guide.backoffice.perimeter import Reach
from guide.core.enums import RejectReason, Status
from guide.core.imports.contract import Importer, Notice, RawRow, RowRejected
from guide.core.imports.engine import about_to_change
from structures.enums import Kind
from structures.importers import writes
from structures.importers.communes import KnownCommunes
from structures.importers.merging import (
    LISTS,
    StructureChange,
    StructureChanges,
    StructureRecord,
    columns_of,
    merge_into,
)
from structures.models import Structure, StructureSource

# Kinds of which a commune has few: there, the same kind in the same commune deserves a look.
WATCHED_KINDS = (Kind.MSP, Kind.HEALTH_CENTRE, Kind.MEDICAL_HOUSE, Kind.CPTS, Kind.DAC, Kind.UNSCHEDULED)


class KnownRow(NamedTuple):
    """What the database holds of one identifier of the source, with the fingerprints of `StructureSource`."""

    structure: int
    row_digest: str
    state_digest: str
    missing: bool


class StructureImporter(Importer):
    """Subclasses read and convert rows; this class compares and writes."""

    fields: ClassVar[tuple[str, ...]]  # what the source may offer: columns, groups and lists
    version: ClassVar[str]  # of the conversion: another one converts every row again
    source_key: str
    communes: KnownCommunes
    commune_names: dict[int, str]

    def __init__(self, delivery):
        super().__init__(delivery)
        self.columns = columns_of(self.fields)
        self.with_lists = any(name in LISTS for name in self.fields)
        self.known_rows: dict[str, KnownRow] = {}
        self._present: set[str] = set()
        self._numbers: dict[str, str] = {}
        self._merged: dict[int, str] = {}
        self._groups: dict[int, list] = {}
        self._reached: Reached | None = None  # an editor's perimeter

    @abstractmethod
    def fingerprint(self, row: RawRow) -> tuple:
        """Plain values that stand for the row: the same ones convert to the same fields."""

    @abstractmethod
    def values_of(self, row: RawRow) -> dict[str, Any]:
        """Fields that the row offers; RowRejected with its reason."""

    def load_known(self) -> None:
        """Read the communes, and what the database holds of this source; called before the first row."""
        self.communes = KnownCommunes()
        self.commune_names = {commune.pk: commune.name for commune in self.communes.by_code.values()}
        rows = StructureSource.objects.filter(source=self.source_key)
        columns = ("external_id", "structure", "row_digest", "state_digest", "missing_since")
        self.known_rows = {
            identifier: KnownRow(structure, row_digest, state_digest, missing is not None)
            for identifier, structure, row_digest, state_digest, missing in rows.values_list(*columns).iterator()
        }

    def convert(self, row: RawRow) -> Iterable[StructureRecord]:
        """One record, converted only when the row is new or changed since the last import."""
        if row.values is None:
            return []
        identifier = self.identify(row)
        self._present.add(identifier)
        record = StructureRecord(row.line, identifier, None, row, digest((self.version, *self.fingerprint(row))))
        known = self.known_rows.get(identifier)
        if self.with_lists or known is None or known.missing or known.row_digest != record.digest:
            record.values = self.values_of(row)
        return [record]

    def compare(self, records: list[StructureRecord]) -> StructureChanges:
        changes = StructureChanges()
        work = self._to_merge(records, changes)
        by_key, by_number = self._held(work)
        lists = writes.read_lists(by_key) if self.with_lists else {}
        for record in work:
            known = self.known_rows.get(record.external_id)
            holder = by_number.get(record.values.get("finess"))
            structure = by_key.get(known.structure) if known else holder
            try:
                self._check_identity(record, structure, holder)
                if self._reached:
                    self._reached.check(record.values, structure)
                held = lists.get(structure.pk, {}) if structure else {}
                change = merge_into(structure or Structure(status=Status.PUBLISHED), record, held, self.source_key)
            except RowRejected as reject:
                changes.rejects.append(reject.at(record.line, record.external_id))
            else:
                self._file(change, known, changes)
        changes.notices = _suspects(changes.create)
        changes.differences = [c.difference(self.commune_names) for c in (*changes.create, *changes.update)]
        return changes

    def _to_merge(self, records: list[StructureRecord], changes: StructureChanges) -> list[StructureRecord]:
        """The records that must be merged, all converted; those whose structure has not moved are counted."""
        waiting = [record for record in records if record.values is None]
        keys = [self.known_rows[record.external_id].structure for record in waiting]
        rows = Structure.objects.filter(pk__in=keys).order_by().values_list("pk", *self.columns)
        held = {pk: digest(values) for pk, *values in rows}
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
                changes.rejects.append(reject.at(record.line, record.external_id))
        return work

    def _held(self, records: list[StructureRecord]) -> tuple[dict[int, Structure], dict[str, Structure]]:
        keys = [self.known_rows[r.external_id].structure for r in records if r.external_id in self.known_rows]
        by_key = Structure.objects.in_bulk(keys)
        numbers = {record.values.get("finess") for record in records} - {None, ""}
        by_number = {s.finess: s for s in by_key.values() if s.finess in numbers}
        for structure in Structure.objects.filter(finess__in=numbers - by_number.keys()):
            by_number[structure.finess] = by_key[structure.pk] = structure
        return by_key, by_number

    def _check_identity(self, record: StructureRecord, structure: Structure | None, holder: Structure | None) -> None:
        """Two rows never share a FINESS number or a structure; RowRejected names the other one."""
        number = record.values.get("finess")
        first = self._numbers.setdefault(number, record.external_id) if number else record.external_id
        if first == record.external_id and structure is not None:
            first = self._merged.setdefault(structure.pk, record.external_id)
        if first != record.external_id:
            raise RowRejected(RejectReason.DUPLICATE, f"même structure ou numéro FINESS que la ligne « {first} »")
        if holder is not None and structure is not None and holder.pk != structure.pk:
            raise RowRejected(RejectReason.DUPLICATE, f"numéro FINESS {number} : celui de la fiche « {holder.name} »")

    def _file(self, change: StructureChange, known: KnownRow | None, changes: StructureChanges) -> None:
        """File a merged structure among the changes.

        One with a kept field gets no fingerprint, so that the field is reported again at the next import.
        """
        if not change.merged.kept and not self.with_lists:
            change.state_digest = digest(getattr(change.structure, column) for column in self.columns)
        changes.kept += change.kept()
        if change.structure.pk is None:
            changes.create.append(change)
        elif change.merged.changes or change.came_back or (known and known.missing):
            changes.update.append(change)
        else:
            changes.unchanged += 1
            if change.written or known is None or known[1:3] != (change.record.digest, change.state_digest):
                changes.noted.append(change)

    def apply(self, changes: StructureChanges) -> None:
        """Write a batch. What the sheets of known structures were goes to their history; a new one has no past."""
        names, known = self.commune_names, [*changes.update, *changes.noted]
        about_to_change(Structure, [change.structure.pk for change in changes.update], self.label)
        writes.create(changes.create, names)
        writes.update([c.structure for c in known if c.written or c.came_back], self.columns, names)
        for change in (*changes.create, *known):
            writes.write_lists(change.structure, change.merged.changes)
            if "groups" in change.merged.changes:
                self._groups[change.structure.pk] = change.merged.changes["groups"]
        writes.note_sources(self.source_key, [*changes.create, *known])

    def finish(self) -> None:
        """Groups may stand after their members in the file: they are tied when all rows are there."""
        if self._groups:
            writes.write_groups(self._groups)

    def known(self) -> int:
        return sum(not known.missing and self._is_reached(known) for known in self.known_rows.values())

    def missing(self, seen: set[str]) -> list[str]:
        """Identifiers that the delivery has lost; a rejected row is still there."""
        present = seen | self._present
        return sorted(
            name
            for name, known in self.known_rows.items()
            if not known.missing and name not in present and self._is_reached(known)
        )

    def _is_reached(self, known: KnownRow) -> bool:
        return self._reached is None or self._reached.holds(known.structure)

    def mark_missing(self, identifiers: list[str]) -> None:
        writes.mark_missing(self.source_key, identifiers)


def digest(values: Iterable[Any]) -> str:
    """32 hexadecimal characters that stand for these plain values, in order."""
    return hashlib.blake2b(repr(tuple(values)).encode(), digest_size=16).hexdigest()


class Reached:
    """Communes and structures that an editor reaches."""

    def __init__(self, reach: Reach):
        self.names = reach.names()
        self._communes = set(reach.inside().values_list("pk", flat=True))
        inside = Structure.objects.filter(commune__in=reach.inside()).order_by()
        self._structures = set(inside.values_list("pk", flat=True))

    def holds(self, structure: int) -> bool:
        return structure in self._structures

    def check(self, values: dict[str, Any], structure: Structure | None) -> None:
        """RowRejected when a row of these values lies outside, or would take a sheet of others."""
        if structure is not None and not self.holds(structure.pk):
            raise self._outside(f"la fiche « {structure.name} » n'en fait pas partie")
        if values["commune_id"] not in self._communes:
            raise self._outside("la commune de la ligne n'en fait pas partie")

    def _outside(self, why: str) -> RowRejected:
        return RowRejected(RejectReason.OUT_OF_PERIMETER, f"hors de votre périmètre ({self.names}) : {why}")


def _suspects(new: Sequence[StructureChange]) -> list[Notice]:
    """One notice per new structure that may be known already: same kind, same commune, one of the two unnumbered."""
    watched = [change for change in new if change.structure.kind in WATCHED_KINDS]
    known = _names({change.structure.commune_id for change in watched})
    found = []
    for change in watched:
        structure = change.structure
        if names := known.get((structure.kind, structure.commune_id, not structure.finess)):
            told = " ; ".join(names[:3])
            told = f"« {structure.name} » est peut-être déjà connue : {told} (docs/imports-structures.md)"
            found.append(Notice(change.record.line, change.record.external_id, told))
    return found


def _names(communes: set[int]) -> dict[tuple[str, int, bool], list[str]]:
    """Names of the structures that stand there, by kind, commune, and whether they have a FINESS number."""
    names = defaultdict(list)
    rows = Structure.objects.filter(kind__in=WATCHED_KINDS, commune__in=communes).order_by("pk")
    for kind, commune, finess, name in rows.values_list("kind", "commune", "finess", "name"):
        names[kind, commune, finess is not None].append(name)
    return names
