"""JSON files too large to be held whole: one item at a time."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import ijson

from guide.core.enums import RefusalReason
from guide.core.imports.contract import FileRefused
from guide.core.imports.files import open_bytes
from guide.core.imports.safety import Shallow


def items(path: Path, prefix: str, named: str) -> Iterator[tuple[int, Any]]:
    """(rank from 1, item) of the list at `prefix`, as ijson writes it; FileRefused for what is no sound JSON.

    `named`: what the items are, in French and in the plural.
    """
    rank = 0
    with open_bytes(path) as stream:
        try:
            for rank, item in enumerate(ijson.items(Shallow(stream, path), prefix, use_float=True), 1):
                yield rank, item
        except ijson.IncompleteJSONError as error:
            told = f"{path.name} : JSON tronqué après {rank} {named}, à télécharger de nouveau."
            raise FileRefused(RefusalReason.TRUNCATED, told) from error
        except (ijson.JSONError, UnicodeDecodeError) as error:
            told = f"{path.name} : JSON illisible après {rank} {named}."
            raise FileRefused(RefusalReason.UNREADABLE, told) from error
