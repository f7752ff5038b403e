"""Reading XLSX workbooks as a stream: values only, no formula is ever computed, nothing that would fill the memory."""

import zipfile
import zlib
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from itertools import repeat
from pathlib import Path
from xml.etree.ElementTree import ParseError

from openpyxl import Workbook, load_workbook
from openpyxl.utils.exceptions import InvalidFileException

from guide.core.enums import RefusalReason
from guide.core.imports.contract import FileRefused

MAX_COLUMNS = 300
MAX_EMPTY_ROWS = 1000
BLOCK = 1 << 20
MEGABYTE = 1 << 20
MAX_UNPACKED = 1024 * MEGABYTE  # of a gzip archive or a workbook
MAX_SHARED = 100 * MEGABYTE  # texts of a workbook, which are held in memory
MAX_PART = 10 * MEGABYTE  # any other part of a workbook that is read whole: styles, properties, relations
STREAMED = ("xl/worksheets/", "xl/pivotCache/")  # read as a stream, or not at all
MACROS = "vbaProject.bin"
# What openpyxl and zipfile raise on a workbook whose parts are missing, corrupt or not what they should be.
BROKEN = (
    zipfile.BadZipFile, zlib.error, InvalidFileException, ParseError, EOFError, OSError, LookupError, TypeError,
    ValueError, OverflowError,
)  # fmt: skip
# Stands for a cell whose formula was never computed by a spreadsheet; no text of a file can be this one.
UNCOMPUTED = "\x00formula"


def _check_workbook(path: Path) -> None:
    """Refuse a workbook with macros, or whose parts would be too large; its own declarations are enough.

    Python never reads a part of an archive beyond the size that it declares.
    """
    try:
        with zipfile.ZipFile(path) as archive:
            parts = archive.infolist()
    except (zipfile.BadZipFile, OSError, ValueError) as error:
        raise FileRefused(RefusalReason.UNREADABLE, f"{path.name} : classeur illisible.") from error
    if any(part.filename.rpartition("/")[2] == MACROS for part in parts):
        raise FileRefused(
            RefusalReason.UNREADABLE,
            f"{path.name} : ce classeur contient des macros. Enregistrez-le en .xlsx (classeur sans macro).",
        )
    if sum(part.file_size for part in parts) > MAX_UNPACKED or any(map(_is_heavy, parts)):
        raise too_large(path)


def _is_heavy(part: zipfile.ZipInfo) -> bool:
    """Whether a part that is held in memory is larger than any sound one."""
    if not part.filename.endswith((".xml", ".rels")) or part.filename.startswith(STREAMED):
        return False
    return part.file_size > (MAX_SHARED if part.filename.endswith("sharedStrings.xml") else MAX_PART)


def too_large(path: Path) -> FileRefused:
    """The refusal of what is too large once unpacked."""
    return FileRefused(
        RefusalReason.TOO_LARGE,
        f"{path.name} : trop volumineux une fois décompressé ({MAX_UNPACKED // MEGABYTE} Mo au plus). "
        "Coupez-le, ou enregistrez-le en CSV.",
    )


@contextmanager
def workbook_of(path: Path, *, formulas: bool = False) -> Iterator[Workbook]:
    """A workbook read as a stream; formulas come as their last value, or as they are written."""
    _check_workbook(path)
    with path.open("rb") as file:
        try:
            workbook = load_workbook(file, read_only=True, data_only=not formulas, keep_links=False)
        except BROKEN as error:
            raise FileRefused(RefusalReason.UNREADABLE, f"{path.name} : classeur illisible.") from error
        try:
            yield workbook
        except BROKEN as error:
            raise FileRefused(RefusalReason.TRUNCATED, f"{path.name} : classeur tronqué ou corrompu.") from error
        finally:
            workbook.close()


def sheet_rows(path: Path, sheet: str | Sequence[str]) -> Iterator[tuple[int, list[str]]]:
    """Rows of one sheet: the first that bears one of the names, else the only one of the workbook.

    Reading stops after MAX_EMPTY_ROWS rows without a value: spreadsheets keep the formats of rows long empty.
    """
    wanted = [sheet] if isinstance(sheet, str) else list(sheet)
    with workbook_of(path) as workbook:
        name = next((name for name in wanted if name in workbook.sheetnames), "")
        if any(wanted) and not name and len(workbook.sheetnames) > 1:
            raise FileRefused(RefusalReason.COLUMNS, f"{path.name} : feuille « {' ou '.join(wanted)} » absente.")
        name = name or workbook.sheetnames[0]
        if has_formulas(path):
            with workbook_of(path, formulas=True) as written:
                yield from _rows(workbook[name], written[name].iter_rows(values_only=True))
        else:
            yield from _rows(workbook[name], repeat(()))


def _rows(sheet, formulas: Iterator[Sequence]) -> Iterator[tuple[int, list[str]]]:
    empty = 0
    for line, (cells, written) in enumerate(zip(sheet.iter_rows(values_only=True), formulas, strict=False), 1):
        texts = [_text(cell) for cell in cells[:MAX_COLUMNS]]
        for position, formula in enumerate(written[:MAX_COLUMNS]):
            if formula is not None and cells[position] is None:
                texts[position] = UNCOMPUTED
        empty = 0 if any(texts) else empty + 1
        if empty > MAX_EMPTY_ROWS:
            return
        yield line, texts


def has_formulas(path: Path) -> bool:
    """Whether any sheet holds a formula: those sheets are read twice, to find formulas without a value."""
    with zipfile.ZipFile(path) as archive:
        sheets = [part for part in archive.namelist() if part.startswith("xl/worksheets/") and part.endswith(".xml")]
        return any(_mentions(archive, part) for part in sheets)


def _mentions(archive: zipfile.ZipFile, part: str) -> bool:
    with archive.open(part) as stream:
        end = b""
        while block := stream.read(BLOCK):
            text = end + block
            if b"<f>" in text or b"<f " in text:
                return True
            end = text[-2:]
    return False


def _text(cell) -> str:
    """Text of a cell; a whole number loses its ".0", so that a code typed as a number stays a code."""
    if cell is None:
        return ""
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return str(cell).strip()
