"""The text that a search in structures compares."""

from guide.core.french import fold
from structures.models import Structure

MAX_LENGTH = 400


def set_search_text(structure: Structure, commune: str) -> None:
    """Name, name of the commune and FINESS number, folded: "msp de la vallee la chatre 360000111"."""
    structure.search_text = fold(f"{structure.name} {commune} {structure.finess or ''}")[:MAX_LENGTH]
