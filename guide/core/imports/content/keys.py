"""Keys of content files: how each is read from the file, from the database, and written back.

A parser takes what YAML gave (None when the key is absent) and returns a value that JSON can hold; it raises
ValueError in French, for staff.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from operator import attrgetter
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.db import models

from guide.core.french import partial_date

Parse = Callable[[Any], Any]
# Not the no-break spaces, which French puts before its high punctuation.
_SPACES = re.compile(r"[ \t\r\n]+")


@dataclass(frozen=True, slots=True)
class Key:
    """One key. `late`: written once the row has a primary key (relations, child rows)."""

    name: str
    parse: Parse
    read: Callable[[Any], Any]
    write: Callable[[Any, Any], None]
    required: bool = False
    late: bool = False


def plain(name: str, parse: Parse, *, field: str = "", required: bool = False) -> Key:
    """A key whose value is the one of a field (of the same name, unless `field` says another)."""
    field = field or name
    return Key(name, parse, attrgetter(field), lambda row, value: setattr(row, field, value), required)


def day(name: str, *, field: str = "") -> Key:
    """A whole date, or nothing."""
    field = field or name

    def read(row) -> str | None:
        value = getattr(row, field)
        return value.isoformat() if value else None

    def write(row, value: str | None) -> None:
        setattr(row, field, date.fromisoformat(value) if value else None)

    return Key(name, _iso_day, read, write)


def linked(name: str, model: type[models.Model], parse: Parse, *, by: str, field: str = "", required=False) -> Key:
    """A key that names a row of `model` by its column `by`, in the relation `field`; "" when absent."""
    field = field or name

    def read(row) -> str:
        found = getattr(row, field)
        return getattr(found, by) if found else ""

    def write(row, value: str) -> None:
        setattr(row, field, model.objects.get(**{by: value}) if value else None)

    return Key(name, parse, read, write, required)


def text(limit: int) -> Parse:
    """One line of text, at most `limit` letters; "" when absent. Numbers and dates become their text."""

    def parse(raw: Any) -> str:
        if isinstance(raw, bool | list | dict):
            raise ValueError("attendu un texte")
        value = _SPACES.sub(" ", str("" if raw is None else raw)).strip(" ")
        if len(value) > limit:
            raise ValueError(f"{len(value)} signes, {limit} au plus")
        return value

    return parse


def choice(choices: type[models.TextChoices]) -> Parse:
    """A code of the list; "" when absent."""

    def parse(raw: Any) -> str:
        value = text(60)(raw)
        if value and value not in choices.values:
            raise ValueError(f"« {value} » n'est pas dans la liste : {', '.join(v for v in choices.values if v)}")
        return value

    return parse


def integer(low: int, high: int, *, absent: int | None = None) -> Parse:
    """A whole number between two bounds; `absent` when the key is not there."""

    def parse(raw: Any) -> int | None:
        if raw in (None, ""):
            return absent
        if isinstance(raw, bool) or not str(raw).lstrip("-").isdecimal() or not low <= int(raw) <= high:
            raise ValueError(f"« {raw} » : attendu un nombre entier de {low} à {high}")
        return int(raw)

    return parse


def yes_no(raw: Any) -> bool:
    """true or false; false when absent."""
    if raw is not None and not isinstance(raw, bool):
        raise ValueError(f"« {raw} » : attendu true ou false")
    return bool(raw)


def url(raw: Any) -> str:
    """A web address with its scheme; "" when absent."""
    value = text(500)(raw)
    try:
        if value:
            URLValidator(schemes=["http", "https"])(value)
    except ValidationError:
        raise ValueError(f"« {value} » n'est pas une adresse web") from None
    return value


def codes(limit: int = 60) -> Parse:
    """A list of codes, in the order of the file; [] when absent."""

    def parse(raw: Any) -> list[str]:
        if not isinstance(raw or [], list):
            raise ValueError("attendu une liste")
        return [text(limit)(item) for item in raw or []]

    return parse


def known_date(raw: Any) -> str:
    """A date known to the year, the month or the day: "2023", "2024-10", "2024-09-25"; "" when absent."""
    value = text(10)(raw)
    if value and (partial_date(value) == value) and not (len(value) == 4 and value.isdecimal()):
        raise ValueError(f"date « {value} » illisible : attendu AAAA, AAAA-MM ou AAAA-MM-JJ")
    return value


def _iso_day(raw: Any) -> str | None:
    value = text(10)(raw)
    try:
        return date.fromisoformat(value).isoformat() if value else None
    except ValueError:
        raise ValueError(f"date « {value} » illisible : attendu AAAA-MM-JJ") from None
