"""Lists as files for spreadsheets: CSV in a stream, XLSX in a temporary file, neither of them held in memory."""

import csv
import itertools
import re
import tempfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any, BinaryIO

import xlsxwriter
from django.db import models
from django.db.models import QuerySet
from django.utils import timezone
from xlsxwriter.worksheet import Worksheet

CHUNK = 1000
BLOCK = 1 << 16
DANGEROUS = ("=", "+", "-", "@", "\t", "\r")
YES_NO = {True: "oui", False: "non"}
# What says nothing to a reader, whatever the model: digests, geometry, provenance.
UNREADABLE = (models.JSONField, models.BinaryField)
MAX_ROWS = 1_048_575  # of one sheet, its header apart
MAX_CELL = 32_767  # characters of one cell
FIRST_YEAR = 1900  # of the calendar of spreadsheets; an earlier day is a text, as in CSV
DAY, MOMENT = 14, 22  # Excel's own formats, shown in the language of the reader
# What XML 1.0 forbids.
FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")


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
    """An XLSX workbook of one sheet, written row by row to a temporary file, then read block by block.

    Cells are None, texts, numbers, days or local times without a zone; a text is never a formula, a link or a number.
    """
    with tempfile.TemporaryFile() as file:
        _write_xlsx(file, title, header, rows)
        file.seek(0)
        while block := file.read(BLOCK):
            yield block


def _write_xlsx(file: BinaryIO, title: str, header: Sequence[str], rows: Iterable[Iterable[Any]]) -> None:
    with xlsxwriter.Workbook(file, {"constant_memory": True}) as workbook:
        # A sheet bears no title with some signs, of more than 31 characters, or with an apostrophe at either end.
        sheet = workbook.add_worksheet(re.sub(r"[\[\]:*?/\\]", " ", title)[:31].strip("'"))
        sheet.freeze_panes(1, 0)
        formats = {
            date: workbook.add_format({"num_format": DAY}),
            datetime: workbook.add_format({"num_format": MOMENT}),
        }
        for number, row in enumerate(itertools.chain([header], itertools.islice(rows, MAX_ROWS))):
            for column, value in enumerate(row):
                _write_cell(sheet, number, column, value, formats.get(type(value)))


def _write_cell(sheet: Worksheet, row: int, column: int, value: Any, style) -> None:
    if isinstance(value, date) and value.year >= FIRST_YEAR:  # and datetime, which is one
        sheet.write_datetime(row, column, value, style)
    elif isinstance(value, int | float):
        sheet.write_number(row, column, value)
    elif value is not None:
        sheet.write_string(row, column, FORBIDDEN.sub("", str(value))[:MAX_CELL])
