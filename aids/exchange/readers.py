"""Small readers of JSON values: each checks one value, notes a fault with its path, and gives the canonical form.

Canonical: keys in the order of the format, defaults left out, so that two files that say the same are equal.
"""

import re
from collections.abc import Callable, Iterable, Mapping
from copy import copy
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import EmailValidator, URLValidator
from django.db.models import TextChoices

MAX_EURO = 99_999_999
_SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_YEARLY = re.compile(r"(\d{2})-(\d{2})")
_LEAP_YEAR = 2024

Read = Callable[[Any, str, "Faults"], Any]


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong, in French, and where: "aides[3].cas[0].montants[1].minimum"."""

    path: str
    message: str

    def __str__(self):
        return f"{self.path} : {self.message}"


class Faults(list[Fault]):
    """The faults found so far."""

    def add(self, path: str, message: str) -> None:
        self.append(Fault(path, message))


@dataclass(frozen=True, slots=True)
class Key:
    """One key of an object; without a default it is required.

    `column` holds it in the row, where one does; `load` and `dump` turn a value of the file into one of the column
    and back, where they differ.
    """

    read: Read
    default: Any = ...
    column: str = ""
    load: Callable[[Any], Any] | None = None
    dump: Callable[[Any], Any] | None = None

    @property
    def blank(self) -> Any:
        """Its default, a list or an object of its own; None for a required key."""
        return None if self.default is ... else copy(self.default)

    def loaded(self, value: Any) -> Any:
        """What the column holds for a value of the file; for none, the default."""
        if value is None:
            return self.blank
        return self.load(value) if self.load else value

    def dumped(self, value: Any) -> Any:
        """What the file says for the value of a column."""
        return self.dump(value) if self.dump and value is not None else value


def text(maximum: int = 10_000) -> Read:
    """A text of at most `maximum` characters, stripped."""

    def read(value, path, faults):
        if not isinstance(value, str):
            faults.add(path, "texte attendu")
        elif len(value.strip()) > maximum:
            faults.add(path, f"texte trop long ({len(value)} caractères, {maximum} au plus)")
        elif "\x00" in value:
            faults.add(path, "caractère interdit")
        else:
            return value.strip()

    return read


def passing(test: Callable[[Any], bool], expected: str) -> Read:
    """A value that passes a test, as it is; `expected` is what the fault says, with `{}` for the value."""

    def read(value, path, faults):
        if test(value):
            return value
        faults.add(path, expected.format(value))

    return read


def slug(maximum: int = 100) -> Read:
    """A code of lower-case letters, digits and hyphens."""
    return passing(
        lambda value: isinstance(value, str) and _SLUG.fullmatch(value) and len(value) <= maximum,
        f"code attendu (minuscules, chiffres et tirets, {maximum} caractères au plus) : {{!r}}",
    )


def code_of(codes: Iterable[str]) -> Read:
    """One of these codes."""
    codes = list(codes)
    possible = ", ".join(code for code in codes if code)
    return passing(
        lambda value: isinstance(value, str) and value in codes, f"« {{}} » inconnu ; valeurs possibles : {possible}"
    )


def choice(choices: type[TextChoices]) -> Read:
    """One code of a vocabulary."""
    return code_of(choices.values)


def integer(least: int, most: int) -> Read:
    """A whole number."""
    return passing(
        lambda value: isinstance(value, int) and not isinstance(value, bool) and least <= value <= most,
        f"nombre entier de {least} à {most} attendu : {{!r}}",
    )


flag = passing(lambda value: isinstance(value, bool), "true ou false attendu : {!r}")


def euros(value, path: str, faults: Faults):
    """A sum or a percentage: not negative, two decimals at most."""
    if not isinstance(value, int | float) or isinstance(value, bool):
        faults.add(path, f"nombre attendu : {value!r}")
    elif value < 0:
        faults.add(path, f"montant négatif : {value}")
    elif value > MAX_EURO or round(value, 2) != value:
        faults.add(path, f"montant hors limites (deux décimales, {MAX_EURO} au plus) : {value}")
    else:
        return int(value) if value == int(value) else value


def day(value, path: str, faults: Faults):
    """A date, AAAA-MM-JJ."""
    try:
        return date.fromisoformat(value).isoformat()
    except (TypeError, ValueError):
        faults.add(path, f"date AAAA-MM-JJ attendue : {value!r}")


def instant(value, path: str, faults: Faults):
    """A date and time with its zone, ISO 8601."""
    try:
        moment = datetime.fromisoformat(value)
    except (TypeError, ValueError):
        moment = None
    if moment is not None and moment.tzinfo is not None:
        return value
    faults.add(path, f"date et heure avec fuseau attendues : {value!r}")


def yearly(value, path: str, faults: Faults):
    """A day of the year, MM-JJ."""
    match = _YEARLY.fullmatch(value) if isinstance(value, str) else None
    try:
        date(_LEAP_YEAR, int(match[1]), int(match[2]))
    except (TypeError, ValueError):
        faults.add(path, f"jour de l'année MM-JJ attendu : {value!r}")
    else:
        return value


def validated(validator: Callable[[str], None], message: str, maximum: int) -> Read:
    """A text that a Django validator accepts, or an empty one."""

    def read(value, path, faults):
        if value == "":
            return value
        try:
            validator(value)
        except ValidationError:
            faults.add(path, f"{message} : {value!r}")
        else:
            return text(maximum)(value, path, faults)

    return read


url = validated(URLValidator(["http", "https"]), "adresse internet attendue", 500)
email = validated(EmailValidator(), "courriel attendu", 254)


def listing(read_one: Read, *, least: int = 0, most: int = 500) -> Read:
    """A list, each item read in turn."""

    def read(value, path, faults):
        if not isinstance(value, list) or not least <= len(value) <= most:
            faults.add(path, f"liste de {least} à {most} éléments attendue")
            return []
        return [read_one(item, f"{path}[{rank}]", faults) for rank, item in enumerate(value)]

    return read


def by_code(read_one: Read, expected: str = "du code à la valeur", maximum: int = 100) -> Read:
    """An object whose keys are codes of at most `maximum` characters."""

    def read(value, path, faults):
        if not isinstance(value, dict):
            faults.add(path, f"objet attendu, {expected}")
            return {}
        return {
            slug(maximum)(code, f"{path}.{code}", faults): read_one(one, f"{path}.{code}", faults)
            for code, one in value.items()
        }

    return read


def record(keys: Mapping[str, Key], check: Callable[[dict, str, Faults], None] | None = None) -> Read:
    """An object: known keys only, required ones present, defaults left out; `check` sees the whole."""

    def read(value, path, faults):
        if not isinstance(value, dict):
            faults.add(path, "objet attendu")
            return {}
        inside = f"{path}." if path else ""
        for name in sorted(value.keys() - keys.keys()):
            faults.add(f"{inside}{name}", "clé inconnue")
        before, result = len(faults), {}
        for name, key in keys.items():
            given = value.get(name)
            if given is not None and given != key.default:
                found = key.read(given, f"{inside}{name}", faults)
                if found != key.default:
                    result[name] = found
            elif given is None and key.default is ...:
                faults.add(f"{inside}{name}", "clé obligatoire absente")
        if check and len(faults) == before:
            check(result, path, faults)
        return result

    return read
