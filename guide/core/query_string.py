"""Query strings: split once into values, each read by its kind, written back in one canonical form.

`Search` alone reads them. A kind of values reads one text, or says in French what is wrong with it.
"""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple
from urllib.parse import urlencode

from django.http import HttpRequest
from django.utils.text import capfirst

from guide.core.french import fold

MAX_LENGTH = 4000
MAX_SHOWN = 40
MAX_WORDS = 8
MAX_BOX_DEGREES = 30
_NUMBER = re.compile(r"-?[0-9]{1,3}(\.[0-9]{1,15})?")
# Marks that newsletters and social networks add to any link; everything else that is unknown is refused,
# because a misspelt filter would show the whole table.
TRACKING = re.compile(r"(utm|mtm|pk|at|mc)_\w+|xtor|\w*clid|_gl")

Values = dict[str, list[str]]
Choices = Iterable[tuple[str, str]]


class Wording(NamedTuple):
    """What a visitor reads of a parameter that is wrong; `{}` is its name."""

    unknown: str
    unreadable: str
    repeated: str


FILTERS = Wording(
    unknown="Filtre inconnu\u00a0: «\u00a0{}\u00a0».",
    unreadable="La valeur du filtre «\u00a0{}\u00a0» est illisible.",
    repeated="Le filtre «\u00a0{}\u00a0» n'accepte qu'une valeur.",
)
QUESTIONS = Wording(
    unknown="Question inconnue\u00a0: «\u00a0{}\u00a0».",
    unreadable="La réponse à «\u00a0{}\u00a0» est illisible.",
    repeated="La question «\u00a0{}\u00a0» n'accepte qu'une réponse.",
)


def parse(
    request: HttpRequest, repeatable: Mapping[str, bool], max_pairs: int, wording: Wording = FILTERS
) -> tuple[Values, list[str]]:
    """Values by parameter, without empty ones or repeats, and what is wrong with their form, in French.

    `repeatable` says of each parameter that is known whether it may be repeated.
    """
    raw = request.META.get("QUERY_STRING", "")
    if len(raw) > MAX_LENGTH or raw.count("&") > max_pairs:
        return {}, ["Cette adresse est trop longue pour être comprise."]
    values: Values = {}
    problems = []
    for name, given in request.GET.lists():
        if name not in repeatable:
            problems += [] if TRACKING.fullmatch(name) else [wording.unknown.format(shown(name))]
            continue
        kept = list(dict.fromkeys(value for text in given if (value := text.strip())))
        if any("\ufffd" in value or "\x00" in value for value in kept):
            problems.append(wording.unreadable.format(name))
        elif len(kept) > 1 and not repeatable[name]:
            problems.append(wording.repeated.format(name))
        elif kept:
            values[name] = kept
    return values, problems


def query(values: Mapping[str, Sequence[str]], names: Iterable[str], implied: Mapping[str, str]) -> str:
    """The canonical query string: parameters in the order of `names`, values sorted, `implied` ones left out."""
    pairs = [
        (name, value)
        for name in names
        if name in values
        for value in sorted(values[name])
        if implied.get(name) != value
    ]
    return urlencode(pairs, safe=",")


def address(path: str, text: str) -> str:
    """`path` with a query string, or alone without any."""
    return f"{path}?{text}" if text else path


def shown(text: str) -> str:
    """A visitor's own words, short enough to be repeated in a message."""
    return text if len(text) <= MAX_SHOWN else f"{text[:MAX_SHOWN]}…"


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


@dataclass(frozen=True)
class Words(Text):
    """Free words, of which at least one letter or digit must be left to search for."""

    max_length: int = 100
    too_long: str = "Le texte cherché est trop long (100 caractères au plus)."

    def read(self, text: str, search: Any) -> str:
        """The words. Those that would find everything, or be searched in part only, are refused."""
        words = fold(super().read(text, search)).split()
        if not words:
            raise WrongValue(f"Le texte cherché n'a ni lettre ni chiffre\u00a0: «\u00a0{shown(text)}\u00a0».")
        if len(words) > MAX_WORDS:
            raise WrongValue(f"Cherchez {MAX_WORDS} mots au plus.")
        return text


class Box:
    """`west,south,east,north` in degrees."""

    def read(self, text: str, search: Any) -> tuple[float, float, float, float]:
        parts = text.split(",")
        if len(parts) != 4 or not all(map(_NUMBER.fullmatch, parts)):
            raise WrongValue("Le cadre de carte (bbox) doit compter quatre nombres\u00a0: ouest,sud,est,nord.")
        west, south, east, north = map(float, parts)
        if min(west, east) < -180 or max(west, east) > 180 or min(south, north) < -90 or max(south, north) > 90:
            raise WrongValue("Le cadre de carte (bbox) sort du globe.")
        if west >= east or south >= north:
            raise WrongValue("Le cadre de carte (bbox) est à l'envers\u00a0: il se lit ouest,sud,est,nord.")
        if max(east - west, north - south) > MAX_BOX_DEGREES:
            raise WrongValue(f"Le cadre de carte (bbox) est trop grand ({MAX_BOX_DEGREES}° au plus).")
        return west, south, east, north
