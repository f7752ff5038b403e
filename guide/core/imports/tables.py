"""Importers whose records are rows of tables: compared, told in words, written in bulk, marked when they go.

Tables with a header, CSV or XLSX, declare their columns once, for reading, checking and model files. An ordinary
importer is a `TableImporter` and nothing else: its model, what names a row, its columns.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path
from typing import Any

from django.db import models
from django.utils import timezone

from guide.core.enums import RejectReason
from guide.core.imports import cells
from guide.core.imports.contract import (
    Changes,
    Delivery,
    Importer,
    Kept,
    Notice,
    OutOfScope,
    RawRow,
    Record,
    RowDifference,
    RowRejected,
    row_difference,
)
from guide.core.imports.files import read_table
from guide.core.imports.merge import Merged, merge, replace, storable

BATCH = 500
ROWS = "rows"


@dataclass(slots=True)
class RowRecord(Record):
    """A record that is one row of `model`. `identity`: the columns that name it, set once; `values`: the others."""

    model: type[models.Model]
    identity: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class RowChange:
    """One row to write, new or known, and what is to be set on it."""

    record: Record
    row: models.Model
    merged: Merged


class RowsImporter(Importer):
    """Says what the database holds of the source (`rows`, `key_of`); comparing and writing are done here.

    A row that keeps its `provenance` is merged three ways, so that what an editor changed stays (`merge.py`); any
    other takes the values of the source. `given_by` names the source in that provenance.
    """

    batch_size = None
    given_by = ""
    keys_are_columns = True  # the report names values after columns; False: they have names of their own
    letters: int | None = None  # of a kept value in the report
    key_of: Callable[[models.Model], str]  # the external id of a stored row

    def __init__(self, delivery: Delivery):
        super().__init__(delivery)
        self.given_by = self.given_by or self.key
        self.notices: list[Notice] = []
        self.known_rows: Mapping[str, models.Model] = {}

    def rows(self) -> Iterable[models.Model]:
        """Rows that this source may name."""
        return ()

    @cached_property
    def stored(self) -> dict[str, models.Model]:
        return {self.key_of(row): row for row in self.rows()}

    def held(self) -> dict[str, models.Model]:
        """Those of the last delivery: what this one may miss."""
        return {key: row for key, row in self.stored.items() if row.missing_since is None}

    def find(self, records: list[Record]) -> Mapping[str, models.Model]:
        return self.stored

    def new(self, record: Record) -> models.Model:
        return record.model(**record.identity, **record.values)

    def current(self, row: models.Model, record: Record) -> dict[str, Any]:
        """What a row holds, in the terms of the record."""
        return {name: getattr(row, name) for name in record.values}

    def name_of(self, record: Record, row: models.Model) -> str:
        return str(row)

    def is_back(self, row: models.Model) -> bool:
        return getattr(row, "missing_since", None) is not None

    def compare(self, records: list[Record]) -> Changes:
        changes, self.notices = Changes(notices=self.notices), []
        self.known_rows = self.known_rows or self.held()
        stored = self.find(records)
        for record in records:
            row = stored.get(record.external_id)
            if row is None:
                self.create(record, changes)
            else:
                self.update(record, row, changes)
        return changes

    def create(self, record: Record, changes: Changes) -> None:
        row = self.new(record)
        provenance = {}
        if has(type(row), "provenance"):
            provenance = {name: [self.given_by, storable(value)] for name, value in record.values.items()}
        changes.create.append(RowChange(record, row, Merged(record.values, provenance, {})))
        changes.differences.append(RowDifference(self.name_of(record, row), created=True))

    def update(self, record: Record, row: models.Model, changes: Changes) -> None:
        """Note what a record changes in its row, and what an editor's hand keeps from it."""
        current, name, back = self.current(row, record), self.name_of(record, row), self.is_back(row)
        if has(type(row), "provenance"):
            merged = merge(current, record.values, row.provenance, self.given_by)
            moved = back or merged.provenance != row.provenance
        else:
            merged, moved = replace(current, record.values), False
            if back:
                current["missing_since"], merged.changes["missing_since"] = row.missing_since, None
        changes.kept += [Kept(name, key, self._told(now), self._told(new)) for key, (now, new) in merged.kept.items()]
        if not merged.changes and not moved:
            changes.unchanged += 1
            return
        changes.update.append(RowChange(record, row, merged))
        model = type(row) if self.keys_are_columns else None
        changes.differences.append(row_difference(name, current, merged.changes, model=model))

    def _told(self, value: Any) -> str:
        told = str(value)
        return told if self.letters is None or len(told) <= self.letters else f"{told[: self.letters]}…"

    def apply(self, changes: Changes) -> None:
        """Write new rows, then changed ones, model after model in the order of the records."""
        for change in (*changes.create, *changes.update):
            settle(change)
        for change in changes.update:
            for name, value in change.merged.changes.items():
                setattr(change.row, name, value)
        for model, made in _by_model(changes.create).items():
            model.objects.bulk_create([change.row for change in made], batch_size=BATCH)
        for model, changed in _by_model(changes.update).items():
            names = {name: None for change in changed for name in change.record.values}
            names |= dict.fromkeys(name for name in ("provenance", "missing_since") if has(model, name))
            model.objects.bulk_update([change.row for change in changed], list(names), batch_size=BATCH)

    def known(self) -> int:
        return len(self.known_rows)

    def missing(self, seen: set[str]) -> list[str]:
        return sorted(self.known_rows.keys() - seen)

    def mark_missing(self, identifiers: list[str]) -> None:
        """Mark them; an editor decides, or pages no longer show them."""
        keys = defaultdict(list)
        for identifier in identifiers:
            row = self.known_rows[identifier]
            keys[type(row)].append(row.pk)
        for model, gone in keys.items():
            model.objects.filter(pk__in=gone).update(missing_since=timezone.localdate())


def settle(change: RowChange) -> None:
    """Set on a row where its values come from, and that the source holds it."""
    row, model = change.row, type(change.row)
    if has(model, "provenance"):
        row.provenance = change.merged.provenance
    if has(model, "missing_since"):
        row.missing_since = None


@cache
def has(model: type[models.Model], name: str) -> bool:
    """Whether a model has a column of that name."""
    return any(column.name == name for column in model._meta.concrete_fields)


def _by_model(changes: Iterable[RowChange]) -> dict[type[models.Model], list[RowChange]]:
    found = defaultdict(list)
    for change in changes:
        found[type(change.row)].append(change)
    return found


@dataclass(frozen=True, slots=True)
class Column:
    """One column: the name of its value, the headings that publishers give it (the first in model files).

    `read` converts a cell; where that asks for the database, `load` gives `read`, once for each import.
    `needed` is what is said of an empty cell, "" where it may be empty. `optional`: a file may lack the column.
    """

    name: str
    headings: tuple[str, ...]
    read: cells.Read = str
    load: Callable[[], cells.Read] | None = None
    needed: str = ""
    optional: bool = False


class Table:
    """The columns of one kind of file."""

    def __init__(self, *columns: Column):
        self.columns = columns
        self._readers = {column.name: column.read for column in columns}

    @property
    def headings(self) -> tuple[str, ...]:
        return tuple(column.headings[0] for column in self.columns)

    def rows(self, path: Path, **how: Any) -> Iterator[RawRow]:
        """Rows of a file as {heading: text}; `how` as for `read_table`."""
        self._readers |= {column.name: column.load() for column in self.columns if column.load}
        required = [column.headings for column in self.columns if not column.optional]
        optional = [column.headings for column in self.columns if column.optional]
        for line, texts in read_table(path, required, optional=optional, **how):
            yield RawRow(line, texts)

    def values(self, texts: dict[str, str], *, absent: bool = True) -> dict[str, Any]:
        """The values of a row by name; RowRejected names the column.

        `absent` False: a column that the file does not have gives no value.
        """
        for column in self.columns:
            if column.needed and not texts.get(column.headings[0]):
                raise RowRejected(RejectReason.MISSING_VALUE, column.needed)
        values = {}
        for column in self.columns:
            heading = column.headings[0]
            if absent or heading in texts:
                try:
                    values[column.name] = self._readers[column.name](texts.get(heading, ""))
                except cells.BadCell as bad:
                    raise RowRejected(bad.reason, f"{heading} : {bad}") from None
        return values


# Where a row comes from: `Delivery.sourcing` completes what its cells say.
SOURCE = Column("source", ("source",), cells.text(500), optional=True)
SOURCE_URL = Column("source_url", ("source_url", "adresse_source"), cells.text(500), optional=True)
CONFIDENCE = Column("confidence", ("confidence", "confiance"), cells.confidence, optional=True)


class TableImporter(RowsImporter):
    """One table (file of the delivery: "rows") whose rows are those of one model.

    `identity`: the values that name a row; the others may change. `scope`: the one of them that says of what a file
    is the whole list ("": it is the whole list of everything). Needs a `source` in the row or the delivery.
    """

    model: type[models.Model]
    table: Table
    identity: tuple[str, ...]
    scope = ""

    def __init__(self, delivery):
        super().__init__(delivery)
        self.spoken: set[Any] = set()

    def read(self) -> Iterator[RawRow]:
        return self.table.rows(self.delivery.files[ROWS])

    def convert(self, row: RawRow) -> list[Record]:
        try:
            values = self.table.values(row.values)
        except OutOfScope:
            return []
        values |= self.delivery.sourcing(**{n: v for n, v in values.items() if n.startswith("source")})
        identity = {name: values.pop(name) for name in self.identity}
        self.spoken.add(identity.get(self.scope))
        return [RowRecord(row.line, self._key(identity), values, self.model, identity)]

    def _key(self, identity: dict[str, Any]) -> str:
        return "|".join(str(identity[name] or "") for name in self.identity)

    def rows(self) -> models.QuerySet:
        return self.model.objects.all()

    def key_of(self, row: models.Model) -> str:
        return self._key(vars(row))

    def held(self) -> dict[str, models.Model]:
        """Rows of the last delivery, of which this file is the list."""
        held = super().held().items()
        return {key: row for key, row in held if not self.scope or getattr(row, self.scope) in self.spoken}
