"""The text that a search in structures compares."""

from guide.core.french import fold

MAX_LENGTH = 400


def search_text(name: str, commune: str, finess: str | None) -> str:
    """Name, name of the commune and FINESS number, folded: "msp de la vallee la chatre 360000111"."""
    return fold(f"{name} {commune} {finess or ''}")[:MAX_LENGTH]
