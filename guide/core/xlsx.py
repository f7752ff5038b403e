"""Writing an XLSX workbook of one sheet, row by row, with XlsxWriter: no row is held in memory."""

import itertools
import re
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import Any, BinaryIO

import xlsxwriter
from xlsxwriter.worksheet import Worksheet

MAX_ROWS = 1_048_575  # of one sheet, its header apart
MAX_CELL = 32_767  # characters of one cell
DAY, MOMENT = 14, 22  # Excel's own formats, shown in the language of the reader
# What XML 1.0 forbids.
FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")


def write(file: BinaryIO, title: str, header: Sequence[str], rows: Iterable[Iterable[Any]]) -> None:
    """Write the workbook into `file`; cells are None, texts, numbers, days or local times without a zone.

    A text is a text: never a formula, a link or a number.
    """
    with xlsxwriter.Workbook(file, {"constant_memory": True}) as workbook:
        sheet = workbook.add_worksheet(sheet_title(title))
        sheet.freeze_panes(1, 0)
        formats = {
            date: workbook.add_format({"num_format": DAY}),
            datetime: workbook.add_format({"num_format": MOMENT}),
        }
        for number, row in enumerate(itertools.chain([header], itertools.islice(rows, MAX_ROWS))):
            for column, value in enumerate(row):
                _write_cell(sheet, number, column, value, formats.get(type(value)))


def _write_cell(sheet: Worksheet, row: int, column: int, value: Any, style) -> None:
    if isinstance(value, date):  # and datetime, which is one
        sheet.write_datetime(row, column, value, style)
    elif isinstance(value, int | float):
        sheet.write_number(row, column, value)
    elif value is not None:
        sheet.write_string(row, column, FORBIDDEN.sub("", str(value))[:MAX_CELL])


def sheet_title(title: str) -> str:
    """A title that a sheet may bear: without some signs, in 31 characters, no apostrophe at either end."""
    return "".join(" " if sign in "[]:*?/\\" else sign for sign in title)[:31].strip("'")
