"""Tables with a header, CSV or XLSX: their columns declared once, for reading, checking and model files.

An ordinary importer is a `TableImporter` and nothing else: its model, what names a row, its columns.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.db import models

from guide.core.enums import RejectReason
from guide.core.imports import cells
from guide.core.imports.contract import OutOfScope, RawRow, Record, RowRejected
from guide.core.imports.files import read_table
from guide.core.imports.rows import RowRecord, RowsImporter

ROWS = "rows"


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
        """The header of a model file."""
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
