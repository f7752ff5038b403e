"""Importers whose records are rows of tables: compared, told in words, written in bulk, marked when they go."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache, cached_property
from typing import Any

from django.db import models
from django.utils import timezone

from guide.core.imports.contract import (
    Changes,
    Delivery,
    Importer,
    Kept,
    Notice,
    Record,
    RowDifference,
    row_difference,
)
from guide.core.imports.merge import Merged, merge, replace, storable

BATCH = 500


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

    def __init__(self, delivery: Delivery):
        super().__init__(delivery)
        self.given_by = self.given_by or self.key
        self.notices: list[Notice] = []
        self.known_rows: Mapping[str, models.Model] = {}

    def rows(self) -> Iterable[models.Model]:
        """Rows that this source may name."""
        return ()

    def key_of(self, row: models.Model) -> str:
        """The external id of a stored row."""
        raise NotImplementedError

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
