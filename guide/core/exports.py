"""Lists as files for spreadsheets: CSV in a stream, XLSX in a temporary file, neither of them held in memory."""

import csv
import tempfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any

from django.db import models
from django.db.models import QuerySet
from django.utils import timezone

from guide.core import xlsx

CHUNK = 1000
BLOCK = 1 << 16
DANGEROUS = ("=", "+", "-", "@", "\t", "\r")
YES_NO = {True: "oui", False: "non"}
# What says nothing to a reader, whatever the model: digests, geometry, provenance.
UNREADABLE = (models.JSONField, models.BinaryField)


def harmless(text: str) -> str:
    """Text that a spreadsheet will not run as a formula (OWASP, CSV injection)."""
    return f"'{text}" if text.startswith(DANGEROUS) else text


@dataclass(frozen=True, slots=True)
class ExportColumn:
    """One column: its title in French, and the value of a row."""

    title: str
    value: Callable[[models.Model], Any]


def exported_fields(model: type[models.Model], private: Iterable[str] = ()) -> list[models.Field]:
    """Fields of a model that an export holds, many-to-many last: those that a form shows, key and dates included."""
    private = set(private)
    fields = [*model._meta.concrete_fields, *model._meta.many_to_many]
    return [
        field
        for field in fields
        if field.name not in private
        and not isinstance(field, UNREADABLE)
        and (field.editable or field.primary_key or isinstance(field, models.DateField))
        and (not field.many_to_many or field.remote_field.through._meta.auto_created)
    ]


def columns(fields: Iterable[models.Field]) -> list[ExportColumn]:
    """Columns of these fields, their titles told apart when two are the same."""
    found: dict[str, ExportColumn] = {}
    for field in fields:
        title = "identifiant" if field.primary_key else str(field.verbose_name)
        title = title if title not in found else f"{title} ({field.name})"
        found[title] = ExportColumn(title, _reader(field))
    return list(found.values())


def _reader(field: models.Field) -> Callable[[models.Model], Any]:
    name = field.name
    if field.many_to_many:
        return lambda row: ", ".join(str(one) for one in getattr(row, name).all())
    if field.is_relation:
        return lambda row: str(getattr(row, name) or "")
    if field.flatchoices:
        labels = {key: str(label) for key, label in field.flatchoices}
        return lambda row: labels.get(getattr(row, name), getattr(row, name))
    return lambda row: _plain(getattr(row, name))


def _plain(value: Any) -> Any:
    """A value that both formats can write: text, number, day, or local time without its zone."""
    if isinstance(value, bool):
        return YES_NO[value]
    if isinstance(value, datetime):
        return timezone.localtime(value).replace(tzinfo=None, microsecond=0)
    if value is None or isinstance(value, int | float | date | time):
        return value
    return str(value)


def rows_of(queryset: QuerySet, fields: Iterable[models.Field]) -> Iterator[models.Model]:
    """Rows read by batches, each with the relations that its cells name: as many queries for few rows as for many
    of one batch."""
    fields = list(fields)
    single = [field.name for field in fields if field.is_relation and not field.many_to_many]
    several = [field.name for field in fields if field.many_to_many]
    joined = queryset.select_related(*single) if single else queryset.select_related(None)
    return joined.prefetch_related(*several).iterator(CHUNK)


def csv_lines(header: Iterable[str], rows: Iterable[Iterable[Any]]) -> Iterator[str]:
    """A CSV for spreadsheets in French: byte order mark, semicolons, formulas made harmless."""
    writer = csv.writer(_Echo(), delimiter=";")
    yield "\ufeff" + writer.writerow(header)
    for row in rows:
        yield writer.writerow(harmless(cell) if isinstance(cell, str) else cell for cell in row)


class _Echo:
    """A file for csv.writer whose `write` gives the line back."""

    def write(self, line: str) -> str:
        return line


def xlsx_blocks(title: str, header: Sequence[str], rows: Iterable[Iterable[Any]]) -> Iterator[bytes]:
    """An XLSX workbook, block by block from a temporary file; texts are texts, and never formulas."""
    with tempfile.TemporaryFile() as file:
        xlsx.write(file, title, header, rows)
        file.seek(0)
        while block := file.read(BLOCK):
            yield block
