"""What the lists of structures are known to lack."""

from collections.abc import Iterable
from typing import NamedTuple


class Note(NamedTuple):
    """One sentence on the completeness of the list of a kind, with its source and date, ready to print."""

    label: str
    text: str
    source: str
    date: str


def notes_for(kinds: Iterable[str]) -> list[Note]:
    """Notes on the lists of these kinds, none when nothing is known of them."""
    return []
