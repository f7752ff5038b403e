"""What the cells of tables hold: one conversion for each kind of value, and what is said of a cell that is none.

A conversion takes the text of a cell ("" when it is empty) and raises BadCell, in French, for staff.
"""

import math
import re
from collections.abc import Callable, Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import URLValidator, validate_email
from django.db import models

from guide.core.enums import Confidence, RejectReason
from guide.core.french import fold

Read = Callable[[str], Any]
_YES, _NO = {"oui", "o", "1", "vrai", "true", "x"}, {"non", "n", "0", "faux", "false"}
_NUMBER = re.compile(r"[-+]?\d+(?:[.,]\d+)?(?:[eE][-+]?\d+)?")


class BadCell(ValueError):
    """A cell that does not hold what its column is for."""

    def __init__(self, message: str, reason: RejectReason = RejectReason.BAD_VALUE):
        super().__init__(message)
        self.reason = reason


def unknown(text: str, reason: RejectReason = RejectReason.BAD_VALUE) -> BadCell:
    """What is said of a cell that nothing explains."""
    return BadCell(f"« {text[:80]} » n'est pas reconnu", reason)


def text(size: int) -> Read:
    """The text, cut at `size` letters."""
    return lambda cell: cell[:size]


def words(choices: type[models.TextChoices]) -> dict[str, str]:
    """What a file may write for each choice, folded: its code or its French label."""
    return {fold(word): str(choice) for choice in choices for word in (choice.value, choice.label) if word}


def one_of(choices: Mapping[str, str]) -> Read:
    """The code of a folded word, as `words` gives them; "" stays ""."""

    def read(cell: str) -> str:
        if cell and fold(cell) not in choices:
            raise unknown(cell)
        return str(choices[fold(cell)]) if cell else ""

    return read


def several(choices: Mapping[str, str]) -> Read:
    """The codes of words separated by semicolons, sorted and without doubles."""
    return lambda cell: sorted({one_of(choices)(part) for part in split(cell)})


def split(cell: str, separator: str = ";") -> list[str]:
    """Parts of a cell, without the empty ones."""
    return [part.strip() for part in cell.split(separator) if part.strip()]


def yes_no(cell: str) -> bool | None:
    """oui, non, or None when the cell is empty: unknown."""
    if cell and fold(cell) not in _YES | _NO:
        raise BadCell(f"oui ou non attendu, et non « {cell[:80]} »")
    return fold(cell) in _YES if cell else None


def number(cell: str) -> float | None:
    """A number with a point or a French comma, spaces between thousands allowed; None when empty."""
    compact = "".join(cell.split())
    value = float(compact.replace(",", ".")) if _NUMBER.fullmatch(compact) else math.nan
    if cell and not math.isfinite(value):
        raise BadCell(f"nombre « {cell[:80]} » illisible")
    return value if cell else None


def whole(low: int, high: int, *, absent: int | None = None) -> Read:
    """A whole number between two bounds; `absent` when the cell is empty."""

    def read(cell: str) -> int | None:
        if cell and not (cell.isascii() and cell.isdecimal() and low <= int(cell) <= high):
            raise BadCell(f"« {cell[:80]} » n'est pas un entier de {low} à {high}")
        return int(cell) if cell else absent

    return read


def email(cell: str) -> str:
    """An e-mail address."""
    try:
        if cell:
            validate_email(cell)
    except ValidationError:
        raise unknown(cell) from None
    return cell


def url(cell: str) -> str:
    """A web address; https is understood when the scheme is missing."""
    address = cell if not cell or "://" in cell else f"https://{cell}"
    try:
        if address:
            URLValidator(schemes=["http", "https"])(address)
    except ValidationError:
        raise unknown(cell) from None
    return address


def confidence(cell: str) -> str:
    """A confidence in words: "haute (calcul)" -> high, "faible à moyenne" -> low, anything else -> unknown."""
    first = fold(cell.split()[0]) if cell.split() else ""
    return words(Confidence).get(first, str(Confidence.UNKNOWN))
