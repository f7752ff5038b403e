"""Cells that only lists of structures have, beside those of guide.core.imports.cells."""

import calendar
import re
from datetime import date

from django.utils.text import slugify

from guide.core.enums import Confidence, RejectReason
from guide.core.french import fold
from guide.core.imports.cells import BadCell, split, unknown, words
from structures.enums import SHORT_LABELS, CoordinateSource, DatePrecision, Kind, Ownership
from structures.importers import wording

_DATE = re.compile(r"(\d{4})(?:-(\d{1,2}))?(?:-(\d{1,2}))?")
_FRENCH_DATE = re.compile(r"(\d{1,2})/(\d{1,2})/(\d{4})")
_TIME = re.compile(r"[T ]00:00:00$")
KINDS = words(Kind) | {fold(label): str(kind) for kind, label in SHORT_LABELS.items()}
OWNERSHIPS = words(Ownership) | {"prive lucratif": str(Ownership.FOR_PROFIT)}
CONFIDENCES = {fold(level.label): str(level) for level in Confidence if level.value}
PRECISIONS = {
    "site": str(CoordinateSource.SITE),
    "adresse": str(CoordinateSource.ADDRESS),
    "rue": str(CoordinateSource.STREET),
    "commune": str(CoordinateSource.COMMUNE),
}


def identifier(cell: str) -> str:
    """The identifier of a row in its list."""
    if len(cell) > 120:
        raise BadCell("identifiant trop long (120 caractères au plus)", RejectReason.BAD_IDENTIFIER)
    return cell


def partial_date(cell: str) -> list:
    """[ISO date, precision] of AAAA, AAAA-MM, AAAA-MM-JJ or JJ/MM/AAAA; [] when empty.

    An unknown month or day is stored as the first, and `precision` says that it is not known.
    """
    if not cell:
        return []
    text = _TIME.sub("", cell)
    if french := _FRENCH_DATE.fullmatch(text):
        text = f"{french[3]}-{french[2]}-{french[1]}"
    match = _DATE.fullmatch(text)
    if not match:
        raise unknown(text, RejectReason.BAD_DATE)
    precision = DatePrecision.DAY if match[3] else DatePrecision.MONTH if match[2] else DatePrecision.YEAR
    try:
        day = date(int(match[1]), int(match[2] or 1), int(match[3] or 1))
    except ValueError:
        raise unknown(text, RejectReason.BAD_DATE) from None
    return [day.isoformat(), str(precision)]


def end_date(cell: str) -> str:
    """ISO date of a closure; one known to the month or the year ends that period. "" when empty."""
    found = partial_date(cell)
    if not found:
        return ""
    day = date.fromisoformat(found[0])
    if found[1] == DatePrecision.DAY:
        return found[0]
    month = 12 if found[1] == DatePrecision.YEAR else day.month
    return date(day.year, month, calendar.monthrange(day.year, month)[1]).isoformat()


def phone(cell: str) -> str:
    """A French number."""
    number = wording.phone(cell)
    if cell and not number:
        raise unknown(cell)
    return number


def degrees(cell: str) -> float | None:
    """A latitude or a longitude, decimal point or comma; None when empty."""
    try:
        return float(cell.replace(",", ".")) if cell else None
    except ValueError:
        raise unknown(cell) from None


def staff(cell: str) -> list:
    """[[slug, label, headcount]] of "médecin généraliste:2; infirmier"; a headcount may be unknown."""
    members = {}
    for part in split(cell):
        label, _, count = (piece.strip() for piece in part.partition(":"))
        if not label or (count and not count.isdigit()):
            raise unknown(part)
        members[slugify(label)[:60]] = [label[:120], int(count) if count else None]
    return [[slug, *member] for slug, member in sorted(members.items())]


def groups(cell: str) -> list:
    """[[reference, is_support]] of "ght-loiret (support); cpts-tours"."""
    found = {}
    for part in split(cell):
        reference, _, note = part.partition("(")
        if note and fold(note) != "support":
            raise unknown(part)
        found[reference.strip()] = bool(note)
    return [[reference, support] for reference, support in sorted(found.items())]
