"""The import of a content folder: each sheet whole, or left out with its file, its line and the reason."""

from collections.abc import Collection, Iterator, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from django.db import models
from django.utils import timezone

from guide.core.enums import RefusalReason, RejectReason
from guide.core.imports.content.entries import Entry, Fault, list_files
from guide.core.imports.content.reader import Reader
from guide.core.imports.contract import (
    Changes,
    Delivery,
    FileRefused,
    Importer,
    Kept,
    Notice,
    RawRow,
    Record,
    RowRejected,
)
from guide.core.imports.differences import Difference, updated
from guide.core.imports.merge import Merged, merge
from guide.core.imports.watching import about_to_change

FOLDER = "folder"
SOURCE = "contenu"
SHOWN = 80  # letters of a value in the report


class Sheet(NamedTuple):
    """One sheet once read: its reader, and its values or its fault."""

    reader: Reader
    entry: Entry
    values: dict[str, Any]
    fault: Fault | None


class ContentImporter(Importer):
    """A content folder. Identity: (path of the reader, identity within it). A sheet that an editor changed keeps
    what was changed; one whose file has gone is marked, and stays published."""

    key = "content"
    label = "Contenus"
    max_reject_share = 0.5  # each sheet stands alone: many bad ones are still a delivery
    batch_size = None

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
        self.readers = [reader(self._known) for reader in readers]
        self.rows: dict[str, dict[str, models.Model]] = {}
        self.in_files: dict[str, set[str]] = {}

    def _known(self, path: str) -> frozenset[str]:
        return frozenset(self.in_files.get(path, ())) | frozenset(self.rows.get(path, ()))

    def read(self) -> Iterator[RawRow]:
        """One row per sheet, each kind in the order of the readers."""
        base = self.delivery.files[FOLDER]
        if not base.is_dir():
            raise FileRefused(RefusalReason.UNREADABLE, f"{base.name} : dossier introuvable.")
        entries = [(reader, list(reader.entries(base))) for reader in self.readers]
        for reader, found in entries:
            self.in_files[reader.path] = {reader.identifier(entry) for entry in found if not entry.fault}
            self.rows[reader.path] = {str(getattr(row, reader.identity)): row for row in reader.stored()}
        self.strangers = self._strangers(base)
        for reader, found in entries:
            for entry in found:
                sheet = _parsed(reader, entry)
                yield RawRow(sheet.fault.line if sheet.fault else entry.line, sheet)

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
        """The file, and in a list the identity of the item."""
        sheet = row.values
        name = sheet.reader.identifier(sheet.entry)
        return sheet.entry.name if sheet.entry.slug or not name else f"{sheet.entry.name}, {name}"

    def convert(self, row: RawRow) -> list[Record]:
        """The values of the sheet."""
        sheet = row.values
        if sheet.fault:
            raise RowRejected(sheet.fault.reason, sheet.fault.message)
        return [Record(row.line, f"{sheet.reader.path}/{sheet.reader.identifier(sheet.entry)}", {"sheet": sheet})]

    def compare(self, records: list[Record]) -> Changes:
        """Three-way merge, key by key; see guide/core/imports/merge.py."""
        changes = Changes()
        changes.notices += [Notice(None, name, "aucun import ne connaît ce contenu") for name in self.strangers]
        for record in records:
            sheet: Sheet = record.values["sheet"]
            notices = sheet.reader.notices(sheet.entry, sheet.values)
            changes.notices += [Notice(line, sheet.entry.name, remark) for line, remark in notices]
            self._compare(record.external_id, sheet, changes)
        return changes

    def _compare(self, name: str, sheet: Sheet, changes: Changes) -> None:
        row = self.rows[sheet.reader.path].get(sheet.reader.identifier(sheet.entry))
        if row is None:
            provenance = {key: [SOURCE, value] for key, value in sheet.values.items()}
            changes.create.append((sheet, None, Merged(sheet.values, provenance, {})))
            changes.differences.append(Difference(name, created=True))
            return
        current = sheet.reader.current(row)
        merged = merge(current, sheet.values, row.provenance, SOURCE)
        changes.kept += [Kept(name, key, _short(now), _short(new)) for key, (now, new) in merged.kept.items()]
        if merged.changes or merged.provenance != row.provenance or row.missing_since:
            changes.update.append((sheet, row, merged))
            changes.differences.append(updated(name, current, merged.changes))
        else:
            changes.unchanged += 1

    def apply(self, changes: Changes) -> None:
        """Write the sheets, in the order of the readers: sources before the texts that cite them."""
        merges = changes.create + changes.update
        for reader in self.readers:
            for sheet, stored, merged in merges:
                if sheet.reader is reader:
                    row = stored or reader.new(reader.identifier(sheet.entry))
                    if stored and merged.changes:
                        about_to_change(type(row), [row.pk], self.label)
                    row.provenance, row.missing_since = merged.provenance, None
                    reader.write(row, merged.changes)

    def known(self) -> int:
        """Sheets of the last delivery."""
        if not self.whole:
            return 0
        return sum(
            1 for rows in self.rows.values() for row in rows.values() if row.provenance and not row.missing_since
        )

    def missing(self, seen: set[str]) -> list[str]:
        """Sheets that imports wrote and whose file has gone."""
        if not self.whole:
            return []
        return sorted(
            f"{path}/{name}"
            for path, rows in self.rows.items()
            for name, row in rows.items()
            if _is_held(row) and f"{path}/{name}" not in seen and name not in self.in_files[path]
        )

    def mark_missing(self, identifiers: list[str]) -> None:
        """Mark them; an editor decides."""
        gone = set(identifiers)
        for reader in self.readers:
            rows = self.rows[reader.path]
            pks = [row.pk for name, row in rows.items() if f"{reader.path}/{name}" in gone]
            reader.model.objects.filter(pk__in=pks).update(missing_since=timezone.localdate())


def _parsed(reader: Reader, entry: Entry) -> Sheet:
    """The values of an entry, or its fault."""
    if entry.fault:
        return Sheet(reader, entry, {}, entry.fault)
    if not reader.identifier(entry):
        fault = Fault(entry.line, f"{reader.identity} : valeur obligatoire absente", RejectReason.MISSING_VALUE)
        return Sheet(reader, entry, {}, fault)
    try:
        return Sheet(reader, entry, reader.values(entry), None)
    except Fault as fault:
        return Sheet(reader, entry, {}, fault)


def _is_held(row: models.Model) -> bool:
    """Whether the last delivery held the row."""
    return bool(row.provenance) and not row.missing_since


def _short(value: Any) -> str:
    text = str(value)
    return text if len(text) <= SHOWN else f"{text[:SHOWN]}…"
