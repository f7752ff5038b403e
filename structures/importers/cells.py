"""Cells of the documented structure list, one parser each; RowRejected names the cell in the file's own words."""

import calendar
import re
from collections.abc import Mapping
from datetime import date

from django.core.exceptions import ValidationError
from django.core.validators import URLValidator, validate_email
from django.utils.text import slugify

from guide.core.enums import Confidence, RejectReason
from guide.core.french import fold
from guide.core.imports.contract import RowRejected
from structures.enums import SHORT_LABELS, CoordinateSource, DatePrecision, Kind, Ownership, PracticeMode, Rank
from structures.importers import wording

_DATE = re.compile(r"(\d{4})(?:-(\d{1,2}))?(?:-(\d{1,2}))?")
_FRENCH_DATE = re.compile(r"(\d{1,2})/(\d{1,2})/(\d{4})")
_TIME = re.compile(r"[T ]00:00:00$")
_YES, _NO = {"oui", "o", "1", "vrai", "true"}, {"non", "n", "0", "faux", "false"}
KINDS = {fold(word): kind for kind in Kind for word in (kind.value, kind.label, SHORT_LABELS[kind])}
RANKS = {fold(word): rank for rank in Rank for word in (rank.value, rank.label)}
OWNERSHIPS = {fold(word): status for status in Ownership for word in (status.value, status.label)} | {
    "prive lucratif": Ownership.FOR_PROFIT
}
MODES = {fold(word): mode for mode in PracticeMode for word in (mode.value, mode.label)}
CONFIDENCES = {fold(level.label): level for level in Confidence if level.value}
PRECISIONS = {
    "site": CoordinateSource.SITE,
    "adresse": CoordinateSource.ADDRESS,
    "rue": CoordinateSource.STREET,
    "commune": CoordinateSource.COMMUNE,
}


def bad(column: str, text: str, reason: RejectReason = RejectReason.BAD_VALUE) -> RowRejected:
    """The rejection of one cell."""
    return RowRejected(reason, f"{column} : « {text[:80]} » n'est pas reconnu")


def choice(column: str, text: str, choices: Mapping[str, str]) -> str:
    """Code of a value given by its code or its French label; "" stays ""."""
    if not text:
        return ""
    value = choices.get(fold(text))
    if value is None:
        raise bad(column, text)
    return str(value)


def several(column: str, text: str, choices: Mapping[str, str]) -> list[str]:
    """Codes of values separated by semicolons, sorted and without doubles."""
    return sorted({choice(column, part, choices) for part in split(text)})


def split(text: str, separator: str = ";") -> list[str]:
    """Parts of a cell, without the empty ones."""
    return [part.strip() for part in text.split(separator) if part.strip()]


def yes_no(column: str, text: str) -> bool | None:
    """oui, non, or None when the cell is empty: unknown."""
    if not text:
        return None
    if fold(text) not in _YES | _NO:
        raise bad(column, text)
    return fold(text) in _YES


def partial_date(column: str, text: str) -> list:
    """[ISO date, precision] of AAAA, AAAA-MM, AAAA-MM-JJ or JJ/MM/AAAA; [] when empty.

    An unknown month or day is stored as the first, and `precision` says that it is not known.
    """
    if not text:
        return []
    text = _TIME.sub("", text)
    if french := _FRENCH_DATE.fullmatch(text):
        text = f"{french[3]}-{french[2]}-{french[1]}"
    match = _DATE.fullmatch(text)
    if not match:
        raise bad(column, text, RejectReason.BAD_DATE)
    precision = DatePrecision.DAY if match[3] else DatePrecision.MONTH if match[2] else DatePrecision.YEAR
    try:
        day = date(int(match[1]), int(match[2] or 1), int(match[3] or 1))
    except ValueError:
        raise bad(column, text, RejectReason.BAD_DATE) from None
    return [day.isoformat(), str(precision)]


def end_date(column: str, text: str) -> str:
    """ISO date of a closure; one known to the month or the year ends that period. "" when empty."""
    found = partial_date(column, text)
    if not found:
        return ""
    day = date.fromisoformat(found[0])
    if found[1] == DatePrecision.DAY:
        return found[0]
    month = 12 if found[1] == DatePrecision.YEAR else day.month
    return date(day.year, month, calendar.monthrange(day.year, month)[1]).isoformat()


def phone(column: str, text: str) -> str:
    """A French number; RowRejected when it is none."""
    number = wording.phone(text)
    if text and not number:
        raise bad(column, text)
    return number


def email(column: str, text: str) -> str:
    """An e-mail address."""
    try:
        if text:
            validate_email(text)
    except ValidationError:
        raise bad(column, text) from None
    return text


def url(column: str, text: str) -> str:
    """A web address; https is understood when the scheme is missing."""
    if not text:
        return ""
    address = text if "://" in text else f"https://{text}"
    try:
        URLValidator(schemes=["http", "https"])(address)
    except ValidationError:
        raise bad(column, text) from None
    return address


def degrees(column: str, text: str) -> float | None:
    """A latitude or a longitude, decimal point or comma; None when empty."""
    if not text:
        return None
    try:
        return float(text.replace(",", "."))
    except ValueError:
        raise bad(column, text) from None


def staff(column: str, text: str) -> list:
    """[[slug, label, headcount]] of "médecin généraliste:2; infirmier"; a headcount may be unknown."""
    members = {}
    for part in split(text):
        label, _, count = (piece.strip() for piece in part.partition(":"))
        if not label or (count and not count.isdigit()):
            raise bad(column, part)
        members[slugify(label)[:60]] = [label[:120], int(count) if count else None]
    return [[slug, *member] for slug, member in sorted(members.items())]


def groups(column: str, text: str) -> list:
    """[[reference, is_support]] of "ght-loiret (support); cpts-tours"."""
    found = {}
    for part in split(text):
        reference, _, note = part.partition("(")
        if note and fold(note) != "support":
            raise bad(column, part)
        found[reference.strip()] = bool(note)
    return [[reference, support] for reference, support in sorted(found.items())]
