"""The import of a content folder: each sheet whole, or left out with its file, its line and the reason."""

from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from django.db import models

from guide.core.enums import RefusalReason, RejectReason
from guide.core.imports.content.reader import Entry, Fault, Reader, list_files
from guide.core.imports.contract import Changes, Delivery, FileRefused, Notice, RawRow, Record
from guide.core.imports.engine import about_to_change
from guide.core.imports.tables import RowsImporter, settle

FOLDER = "folder"


@dataclass(slots=True)
class SheetRecord(Record):
    """A sheet to compare: what its file holds, and who reads it."""

    reader: Reader
    entry: Entry


class ContentImporter(RowsImporter):
    """A content folder. Identity: (path of the reader, identity within it). A sheet that an editor changed keeps
    what was changed; one whose file has gone is marked, and stays published."""

    key = "content"
    label = "Contenus"
    given_by = "contenu"
    keys_are_columns = False
    letters = 80
    max_reject_share = 0.5  # each sheet stands alone: many bad ones are still a delivery

    def __init__(
        self,
        delivery: Delivery,
        readers: Sequence[type[Reader]],
        elsewhere: Collection[str] = (),
        *,
        whole: bool = True,
    ):
        """`elsewhere`: names inside the folder that other importers read.

        `whole` False: the folder holds some sheets only, and says nothing of the others.
        """
        super().__init__(delivery)
        self.elsewhere = frozenset(elsewhere)
        self.whole = whole
        self.identities: dict[str, set[str]] = defaultdict(set)  # by kind, in the files or in the database
        self.readers = [reader(self.identities.__getitem__) for reader in readers]
        self.in_files: set[str] = set()
        self.strangers: list[str] = []

    @cached_property
    def stored(self) -> dict[str, models.Model]:
        return {_name(reader, reader.identity_of(row)): row for reader in self.readers for row in reader.stored()}

    def read(self) -> Iterator[RawRow]:
        """One row per sheet, each kind in the order of the readers."""
        base = self.delivery.files[FOLDER]
        if not base.is_dir():
            raise FileRefused(RefusalReason.UNREADABLE, f"{base.name} : dossier introuvable.")
        entries = [(reader, entry) for reader in self.readers for entry in reader.entries(base)]
        self.in_files = {_name(reader, reader.identifier(entry)) for reader, entry in entries if not entry.fault}
        self.strangers = self._strangers(base)
        for name in (*self.in_files, *self.stored):
            kind, _, identity = name.partition("/")
            self.identities[kind].add(identity)
        for reader, entry in entries:
            yield RawRow(entry.line, (reader, entry))

    def _strangers(self, base: Path) -> list[str]:
        """Folders and lists of the content folder that no reader knows."""
        known = {reader.path for reader in self.readers} | self.elsewhere
        known |= {path.name for name in known if name.endswith(".yaml") for path in list_files(base, name)}
        return sorted(
            path.name
            for path in base.iterdir()
            if path.name not in known and (path.is_dir() or path.suffix in (".yaml", ".yml"))
        )

    def identify(self, row: RawRow) -> str:
        reader, entry = row.values
        identity = reader.identifier(entry)
        return entry.name if entry.slug or not identity else f"{entry.name}, {identity}"

    def convert(self, row: RawRow) -> list[Record]:
        reader, entry = row.values
        if entry.fault:
            raise entry.fault
        identity = reader.identifier(entry)
        if not identity:
            told = f"{reader.identity} : valeur obligatoire absente"
            raise Fault(entry.line, told, RejectReason.MISSING_VALUE)
        return [SheetRecord(row.line, _name(reader, identity), reader.values(entry), reader, entry)]

    def compare(self, records: list[SheetRecord]) -> Changes:
        self.notices += [Notice(None, name, "aucun import ne connaît ce contenu") for name in self.strangers]
        for record in records:
            remarks = record.reader.notices(record.entry, record.values)
            self.notices += [Notice(line, record.entry.name, remark) for line, remark in remarks]
        return super().compare(records)

    def new(self, record: SheetRecord) -> models.Model:
        return record.reader.new(record.reader.identifier(record.entry))

    def current(self, row: models.Model, record: SheetRecord) -> dict[str, Any]:
        return record.reader.current(row)

    def name_of(self, record: Record, row: models.Model) -> str:
        return record.external_id

    def apply(self, changes: Changes) -> None:
        """Write the sheets, in the order of the readers: sources before the texts that cite them."""
        order = {reader: rank for rank, reader in enumerate(self.readers)}
        for change in sorted(changes.create + changes.update, key=lambda one: order[one.record.reader]):
            if change.row.pk and change.merged.changes:
                about_to_change(type(change.row), [change.row.pk], self.label)
            settle(change)
            change.record.reader.write(change.row, change.merged.changes)

    def held(self) -> dict[str, models.Model]:
        """Sheets that imports wrote; those of a folder that is not whole are none of its affair."""
        return {name: row for name, row in super().held().items() if self.whole and row.provenance}

    def missing(self, seen: set[str]) -> list[str]:
        """Sheets whose file has gone; one that was left out has not."""
        return super().missing(seen | self.in_files)


def _name(reader: Reader, identity: str) -> str:
    return f"{reader.path}/{identity}"
