"""From a FINESS row to the fields of a structure. Pure, given the communes."""

from datetime import date
from typing import Any

from guide.core.enums import RejectReason
from guide.core.imports.contract import RowRejected
from structures.enums import CoordinateSource, DatePrecision
from structures.finess import CATEGORIES
from structures.importers import wording
from structures.importers.communes import LAMBERT_93, KnownCommune, KnownCommunes, check_position, from_grid
from structures.importers.finess_row import FinessRow

VERSION = "1"  # raise it when the conversion changes: every row is then converted again
NO_DATE = "1900-01-01"  # the producer's way of saying that a date is missing
WGS84 = 4326
# Grids of the files, by EPSG number; none named means Lambert-93. Overseas: Antilles, Guyane, La Réunion, Mayotte.
GRIDS = {"": LAMBERT_93, "2154": LAMBERT_93, "4326": WGS84, "5490": 5490, "2972": 2972, "2975": 2975, "4471": 4471}
_GEOCODING = {"commune": CoordinateSource.COMMUNE, "street": CoordinateSource.STREET}


def convert(row: FinessRow, communes: KnownCommunes) -> dict[str, Any]:
    """Fields of the structure; RowRejected names what is wrong with the row."""
    number(row.finess)
    commune = communes.find(row.insee)
    kind, rank = CATEGORIES[row.category]
    name = wording.readable_name(row.long_name or row.short_name, commune.name)
    if not name:
        raise RowRejected(RejectReason.MISSING_VALUE, "raison sociale absente")
    values = {
        "kind": str(kind),
        "rank": str(rank),
        "name": name[:200],
        "finess": row.finess,
        "finess_legal": row.legal[:9],
        "siret": row.siret if len(row.siret) == 14 and row.siret.isdigit() else "",
        "commune_id": commune.pk,
        "address": wording.address_line(row.number, row.repetition, row.street_type, row.street, row.locality)[:250],
        "postal_code": wording.postal_code(row.routing, commune.postal_codes),
        "phone": wording.phone(row.phone),
        "position": position(row, commune),
        "opening": opening(row.opened),
        "source_date": row.updated if row.updated != NO_DATE else "",
    }
    return {**values, "email": row.email} if "@" in row.email else values


def number(text: str) -> None:
    """Check a FINESS number: 9 characters, digits but for Corsica (2A…, 2B…)."""
    if len(text) != 9 or not (text.isdigit() or (text[:2] in {"2A", "2B"} and text[2:].isdigit())):
        raise RowRejected(RejectReason.BAD_IDENTIFIER, f"numéro FINESS mal formé : « {text} »")


def position(row: FinessRow, commune: KnownCommune) -> list:
    """[latitude, longitude, origin]; the commune's own position when the file has none; [] when nobody knows."""
    if not row.x or not row.y:
        return commune.centre()
    try:
        x, y = (float(text.replace(",", ".")) for text in (row.x, row.y))
        grid = GRIDS[row.epsg]
    except (ValueError, KeyError):
        raise RowRejected(RejectReason.BAD_VALUE, f"coordonnées illisibles : {row.x}, {row.y}") from None
    found = check_position(commune, y, x) if grid == WGS84 else from_grid(commune, x, y, grid)
    return [*found, str(_GEOCODING.get(row.geocoding, CoordinateSource.ADDRESS))]


def opening(text: str) -> list:
    """[ISO date, precision] of the opening, [] when the file has none."""
    if not text or text == NO_DATE:
        return []
    try:
        return [date.fromisoformat(text).isoformat(), str(DatePrecision.DAY)]
    except ValueError:
        raise RowRejected(RejectReason.BAD_DATE, f"date d'ouverture illisible : « {text} »") from None
