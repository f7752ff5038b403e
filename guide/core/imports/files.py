"""Reading the files that publishers deliver: gzip, encodings, CSV dialects, XLSX sheets.

What is not what it says, or would fill the memory, is refused before it is read.
"""

import csv
import gzip
import io
import re
import zlib
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from itertools import chain, zip_longest
from pathlib import Path
from typing import BinaryIO, TextIO

from guide.core.enums import RefusalReason
from guide.core.imports.contract import FileRefused
from guide.core.imports.workbooks import MAX_UNPACKED, MEGABYTE, UNCOMPUTED, sheet_rows, too_large, workbook_of

GZIP_MAGIC = b"\x1f\x8b"
ZIP_MAGIC = b"PK\x03\x04"
HEAD = 200
MAX_LINE = MEGABYTE  # characters of one line of a table
MAX_HEADER_ROW = 30
MOJIBAKE = re.compile("Ã[©¨´ª§]")  # UTF-8 letters read as Windows-1252 and saved so
# First bytes of what a browser or an office suite saves under a name that it does not deserve.
STRANGERS = (
    (b"\xd0\xcf\x11\xe0", "c'est un classeur de l'ancien format .xls : enregistrez-le en .xlsx ou en CSV UTF-8"),
    (b"%PDF", "c'est un PDF et non un tableau : demandez le fichier de données à son éditeur"),
    (b"\x89PNG", "c'est une image et non un tableau"),
    (b"\xff\xd8\xff", "c'est une image et non un tableau"),
)
WEB_PAGE = "c'est une page web et non un fichier de données : téléchargez de nouveau le fichier lui-même"


@contextmanager
def open_bytes(path: Path) -> Iterator[BinaryIO]:
    """Open a file, gunzipped on the way if needed; a missing, truncated or corrupt one is refused."""
    try:
        with path.open("rb") as raw:
            head = raw.read(HEAD)
            _check_content(path, head)
            raw.seek(0)
            if not head.startswith(GZIP_MAGIC):
                yield raw
                return
            with gzip.GzipFile(fileobj=raw) as stream, io.BufferedReader(_Bounded(stream, path)) as bounded:
                yield bounded
    except (EOFError, zlib.error, gzip.BadGzipFile) as error:
        raise FileRefused(
            RefusalReason.TRUNCATED, f"{path.name} : archive gzip tronquée ou corrompue, à télécharger de nouveau."
        ) from error
    except OSError as error:
        raise FileRefused(RefusalReason.UNREADABLE, f"{path.name} : fichier illisible ({error.strerror}).") from error


@contextmanager
def open_text(path: Path, *, legacy: bool = False) -> Iterator[TextIO]:
    """Open a text file in UTF-8, or in Windows-1252 when `legacy` and UTF-8 does not fit.

    The whole file is checked before the first line is handed out, so that no row is read in a wrong encoding.
    """
    encoding = _encoding(path, legacy=legacy)
    with open_bytes(path) as stream, io.TextIOWrapper(stream, encoding=encoding, newline="") as text:
        yield text


def _encoding(path: Path, *, legacy: bool) -> str:
    with open_bytes(path) as stream:
        if stream.read(2) in (b"\xff\xfe", b"\xfe\xff"):
            raise FileRefused(RefusalReason.ENCODING, f"{path.name} : encodage UTF-16, enregistrez en UTF-8.")
    with open_bytes(path) as stream, io.TextIOWrapper(stream, encoding="utf-8-sig", newline="") as text:
        try:
            line = 1
            while piece := text.readline(MAX_LINE):
                _check_letters(path, line, piece)
                line += piece.endswith("\n")
        except UnicodeDecodeError:
            if legacy:
                return "cp1252"
            raise FileRefused(
                RefusalReason.ENCODING,
                f"{path.name}, ligne {_stray_line(path)} : le fichier n'est pas en UTF-8, enregistrez-le en "
                "« CSV UTF-8 ».",
            ) from None
    return "utf-8-sig"


def _check_letters(path: Path, line: int, text: str) -> None:
    if MOJIBAKE.search(text):
        raise FileRefused(
            RefusalReason.ENCODING,
            f"{path.name}, ligne {line} : accents abîmés (« Ã© »), le fichier a été réenregistré "
            "dans un mauvais encodage.",
        )
    if "\x00" in text:
        raise FileRefused(
            RefusalReason.ENCODING,
            f"{path.name}, ligne {line} : caractère nul, le fichier est abîmé ou dans un autre encodage : "
            "enregistrez-le en « CSV UTF-8 ».",
        )


def _stray_line(path: Path) -> int:
    """The first line that is not UTF-8; text is decoded by blocks, which know nothing of lines."""
    with open_bytes(path) as stream:
        for line, content in enumerate(stream, 1):
            try:
                content.decode("utf-8")
            except UnicodeDecodeError:
                return line
    return 0


def read_table(
    path: Path,
    columns: Sequence[Sequence[str]],
    *,
    optional: Sequence[Sequence[str]] = (),
    sheet: str | Sequence[str] = "",
    legacy: bool = False,
) -> Iterator[tuple[int, dict[str, str]]]:
    """Rows of a CSV or XLSX file as (line, {canonical column: text}).

    `columns` lists, for each required column, the names that publishers give it, the canonical one first; an
    ending "*" stands for any ending. The header may stand below title rows (30 at most). `optional` lists
    columns in the same way; any other comes under its own name. `sheet` is the sheet of a workbook, or the
    names that it may have (default: the first sheet). FileRefused names the columns that are absent.
    """
    rows = sheet_rows(path, sheet) if _is_xlsx(path) else csv_rows(path, legacy=legacy)
    header = None
    for line, cells in rows:
        if header is None:
            header = _header(cells, columns, optional)
            if header is None and line >= MAX_HEADER_ROW:
                break
        elif any(cells):
            if UNCOMPUTED in cells:
                _refuse_formula(path, line, header, cells)
            yield line, dict(zip_longest(header, cells[: len(header)], fillvalue=""))
    if header is None:
        wanted = ", ".join(" ou ".join(names) for names in columns)
        raise FileRefused(RefusalReason.COLUMNS, f"{path.name} : colonnes attendues introuvables ({wanted}).")


def _refuse_formula(path: Path, line: int, header: list[str], cells: list[str]) -> None:
    """Refuse a formula that no spreadsheet has computed, in a column that has a name; elsewhere it is no data."""
    for name, cell in zip(header, cells, strict=False):
        if cell == UNCOMPUTED and name:
            raise FileRefused(
                RefusalReason.UNREADABLE,
                f"{path.name}, ligne {line}, colonne « {name} » : formule sans valeur enregistrée. Ouvrez le fichier "
                "dans un tableur et enregistrez-le, ou remplacez la formule par sa valeur.",
            )


def _header(cells: list[str], columns: Sequence[Sequence[str]], optional: Sequence[Sequence[str]]) -> list[str] | None:
    """Canonical names of a header row, or None when it lacks a required column."""
    names = [cell.strip() for cell in cells]
    lowered = [name.lower() for name in names]
    for required, wanted in ((True, columns), (False, optional)):
        for aliases in wanted:
            position = _position(lowered, aliases)
            if position is not None:
                names[position] = aliases[0]
            elif required:
                return None
    return names


def _position(lowered: list[str], aliases: Sequence[str]) -> int | None:
    for alias in (alias.lower() for alias in aliases):
        for position, name in enumerate(lowered):
            if name == alias or (alias.endswith("*") and name.startswith(alias[:-1])):
                return position
    return None


def sheet_names(path: Path) -> list[str]:
    """Names of the sheets of a workbook; none for a file that is not one."""
    if not _is_xlsx(path):
        return []
    with workbook_of(path) as workbook:
        return workbook.sheetnames


def _is_xlsx(path: Path) -> bool:
    with open_bytes(path) as stream:
        return stream.read(4) == ZIP_MAGIC


def csv_rows(path: Path, *, legacy: bool, delimiter: str = "") -> Iterator[tuple[int, list[str]]]:
    """Rows as (line, cells) of a CSV; its first line says the delimiter, unless it is given."""
    with open_text(path, legacy=legacy) as text:
        source = _lines(text, path)
        first = next(source, "")
        reader = csv.reader(chain([first], source), delimiter=delimiter or max(",;\t", key=first.count))
        try:
            for cells in reader:
                yield reader.line_num, [cell.strip() for cell in cells]
        except csv.Error as error:
            raise FileRefused(
                RefusalReason.UNREADABLE, f"{path.name}, ligne {reader.line_num} : CSV illisible ({error})."
            ) from error


def _check_content(path: Path, head: bytes) -> None:
    """Refuse a file whose first bytes (200 are enough) are those of something else."""
    for magic, what in STRANGERS:
        if head.startswith(magic):
            raise FileRefused(RefusalReason.UNREADABLE, f"{path.name} : {what}.")
    text = head.removeprefix(b"\xef\xbb\xbf").lstrip().lower()
    if text.startswith((b"<!doctype html", b"<html", b"<?xml", b"<script")):
        raise FileRefused(RefusalReason.UNREADABLE, f"{path.name} : {WEB_PAGE}.")


class _Bounded(io.RawIOBase):
    """A stream that refuses to give more than MAX_UNPACKED bytes."""

    def __init__(self, stream: BinaryIO, path: Path):
        self._stream, self._path, self._left = stream, path, MAX_UNPACKED

    def readable(self) -> bool:
        return True

    def readinto(self, buffer) -> int:
        data = self._stream.read(len(buffer))
        self._left -= len(data)
        if self._left < 0:
            raise too_large(self._path)
        buffer[: len(data)] = data
        return len(data)


def _lines(text: TextIO, path: Path) -> Iterator[str]:
    """Lines of a table; one that never ends is refused before it is held."""
    number = 0
    while line := text.readline(MAX_LINE + 1):
        number += 1
        if len(line) > MAX_LINE:
            raise FileRefused(
                RefusalReason.UNREADABLE,
                f"{path.name}, ligne {number} : plus d'un million de signes sur une seule ligne. "
                "Les fins de ligne sont sans doute perdues.",
            )
        yield line
