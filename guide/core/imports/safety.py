"""What is refused before a file is read: what it is not, and what would fill the memory."""

import io
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO, TextIO

from guide.core.enums import RefusalReason
from guide.core.imports.contract import FileRefused

MEGABYTE = 1 << 20
MAX_UNPACKED = 1024 * MEGABYTE  # of a gzip archive or a workbook
MAX_SHARED = 100 * MEGABYTE  # texts of a workbook, which are held in memory
MAX_LINE = MEGABYTE  # characters of one line of a table
MAX_PART = 10 * MEGABYTE  # any other part of a workbook that is read whole: styles, properties, relations
MAX_DEPTH = 1000  # objects and lists of a JSON file open at once
PIECE = 2048  # bytes; a sound file opens far fewer than MAX_DEPTH objects within so many
ROWS = ("xl/worksheets/", "xl/pivotCache/")  # read as a stream, or not at all
MACROS = "vbaProject.bin"
# First bytes of what a browser or an office suite saves under a name that it does not deserve.
STRANGERS = (
    (b"\xd0\xcf\x11\xe0", "c'est un classeur de l'ancien format .xls : enregistrez-le en .xlsx ou en CSV UTF-8"),
    (b"%PDF", "c'est un PDF et non un tableau : demandez le fichier de données à son éditeur"),
    (b"\x89PNG", "c'est une image et non un tableau"),
    (b"\xff\xd8\xff", "c'est une image et non un tableau"),
)
WEB_PAGE = "c'est une page web et non un fichier de données : téléchargez de nouveau le fichier lui-même"


def check_content(path: Path, head: bytes) -> None:
    """Refuse a file whose first bytes (200 are enough) are those of something else."""
    for magic, what in STRANGERS:
        if head.startswith(magic):
            raise FileRefused(RefusalReason.UNREADABLE, f"{path.name} : {what}.")
    text = head.removeprefix(b"\xef\xbb\xbf").lstrip().lower()
    if text.startswith((b"<!doctype html", b"<html", b"<?xml", b"<script")):
        raise FileRefused(RefusalReason.UNREADABLE, f"{path.name} : {WEB_PAGE}.")


def check_workbook(path: Path) -> None:
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
    if not part.filename.endswith((".xml", ".rels")) or part.filename.startswith(ROWS):
        return False
    return part.file_size > (MAX_SHARED if part.filename.endswith("sharedStrings.xml") else MAX_PART)


def too_large(path: Path) -> FileRefused:
    """The refusal of what is too large once unpacked."""
    return FileRefused(
        RefusalReason.TOO_LARGE,
        f"{path.name} : trop volumineux une fois décompressé ({MAX_UNPACKED // MEGABYTE} Mo au plus). "
        "Coupez-le, ou enregistrez-le en CSV.",
    )


class Bounded(io.RawIOBase):
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


class Shallow:
    """A stream of JSON that refuses to nest deeper than any sound file: a parser holds the square of the depth.

    Brackets are counted without telling those of texts apart: a thousand more opened than closed are not by chance.
    """

    def __init__(self, stream: BinaryIO, path: Path):
        self._stream, self._path, self._depth = stream, path, 0

    def read(self, size: int = -1) -> bytes:
        data = self._stream.read(size)
        for start in range(0, len(data), PIECE):
            piece = data[start : start + PIECE]
            opened = piece.count(b"[") + piece.count(b"{")
            if self._depth + opened > MAX_DEPTH:
                raise FileRefused(
                    RefusalReason.UNREADABLE, f"{self._path.name} : JSON illisible, trop de niveaux imbriqués."
                )
            self._depth = max(0, self._depth + opened - piece.count(b"]") - piece.count(b"}"))
        return data


def lines(text: TextIO, path: Path) -> Iterator[str]:
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
