"""Kinds of values that a parameter of an address may take: each reads one text, or says in French what is wrong."""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.text import capfirst

from guide.core.query_string import shown

Choices = Iterable[tuple[str, str]]


class WrongValue(ValueError):
    """A text that is not a value of its parameter; the error in words is what the visitor reads."""


def unknown(what: str) -> str:
    """`Département inconnu : « {} ».`: what is said of a value that is none of the choices."""
    return f"{what}\u00a0: «\u00a0{{}}\u00a0»."


def capitalised(choices: Choices) -> list[tuple[str, str]]:
    """(code, label) pairs whose labels begin with a capital, as choices are printed."""
    return [(value, capfirst(label)) for value, label in choices]


@dataclass(frozen=True)
class Text:
    """Any text, of `max_length` characters at most when that is given."""

    max_length: int | None = None
    too_long: str = ""

    def read(self, text: str, search: Any) -> str:
        if self.max_length is not None and len(text) > self.max_length:
            raise WrongValue(self.too_long)
        return text


@dataclass(frozen=True)
class OneOf:
    """A code among (code, label) pairs, or among those that a search gives when the database holds them.

    `wrong` is the message, with `{}` for the value.
    """

    choices: Choices | Callable[[Any], Choices]
    wrong: str

    def labels(self, search: Any) -> dict[str, str]:
        """Labels by code, in the order of the choices."""
        return dict(self.choices(search) if callable(self.choices) else self.choices)

    def read(self, text: str, search: Any) -> str:
        if text not in self.labels(search):
            raise WrongValue(self.wrong.format(shown(text)))
        return text


@dataclass(frozen=True)
class WholeNumber:
    """A whole number from `low` to `high`, in plain digits only; `wrong` is the message, with `{}` for the value."""

    low: int
    high: int
    wrong: str

    def read(self, text: str, search: Any) -> int:
        number = int(text) if re.fullmatch(r"[0-9]{1,9}", text) else None
        if number is None or not self.low <= number <= self.high:
            raise WrongValue(self.wrong.format(shown(text)))
        return number


def read_date(text: str) -> date | None:
    """A day written `2026-06-01`; None for anything else."""
    try:
        return date.fromisoformat(text) if re.fullmatch(r"\d{4}-\d{2}-\d{2}", text) else None
    except ValueError:
        return None
