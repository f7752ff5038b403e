"""JSON files too large to be held whole: one item at a time, and no deeper than any sound file."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any, BinaryIO

import ijson

from guide.core.enums import RefusalReason
from guide.core.imports.contract import FileRefused
from guide.core.imports.files import open_bytes

MAX_DEPTH = 1000  # objects and lists of a JSON file open at once
PIECE = 2048  # bytes; a sound file opens far fewer than MAX_DEPTH objects within so many


def items(path: Path, prefix: str, named: str) -> Iterator[tuple[int, Any]]:
    """(rank from 1, item) of the list at `prefix`, as ijson writes it; FileRefused for what is no sound JSON.

    `named`: what the items are, in French and in the plural.
    """
    rank = 0
    with open_bytes(path) as stream:
        try:
            for rank, item in enumerate(ijson.items(_Shallow(stream, path), prefix, use_float=True), 1):
                yield rank, item
        except ijson.IncompleteJSONError as error:
            told = f"{path.name} : JSON tronqué après {rank} {named}, à télécharger de nouveau."
            raise FileRefused(RefusalReason.TRUNCATED, told) from error
        except (ijson.JSONError, UnicodeDecodeError) as error:
            told = f"{path.name} : JSON illisible après {rank} {named}."
            raise FileRefused(RefusalReason.UNREADABLE, told) from error


class _Shallow:
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
