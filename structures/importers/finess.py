"""Importer of the FINESS extracts, whatever their format.

Categories of establishments as this guide understands them: nomenclature TRE_R397 of the Agence du numérique en santé
(it replaces TRE_R66, same numbers), version 20260601, and the DREES nomenclature of 2021 for the labels. Left out on
purpose: pharmacies (620), EHPAD (500), CMP (156), groupings of means (696, 697), other entities (698, 699), and the
categories closed for years (108, 439, 601, 602, 605). ESP and imaging practices have no category at all.
"""

from collections.abc import Iterator
from datetime import date
from typing import Any

from guide.core.enums import Confidence, RejectReason
from guide.core.imports.contract import RawRow, RowRejected
from guide.territories.cog import department_of
from structures.enums import CoordinateSource, DatePrecision, Kind, Rank
from structures.importers import wording
from structures.importers.communes import LAMBERT_93, KnownCommune, KnownCommunes, check_position, from_grid
from structures.importers.finess_files import FinessRow, read_finess
from structures.importers.merging import FINESS
from structures.importers.sync import StructureImporter

# 161 is called "Maison de Santé pour Maladies Mentales": a private psychiatric clinic, never an MSP (603).
CATEGORIES: dict[str, tuple[Kind, Rank | str]] = {
    "101": (Kind.HOSPITAL, Rank.CHU),
    "106": (Kind.HOSPITAL, Rank.LOCAL),
    "109": (Kind.REHABILITATION, ""),
    "122": (Kind.CLINIC, Rank.GENERAL_CLINIC),
    "124": (Kind.HEALTH_CENTRE, ""),
    "127": (Kind.HOME_HOSPITAL, ""),
    "128": (Kind.CLINIC, Rank.GENERAL_CLINIC),
    "129": (Kind.CLINIC, Rank.GENERAL_CLINIC),
    "131": (Kind.HOSPITAL, ""),
    "141": (Kind.DIALYSIS, ""),
    "146": (Kind.DIALYSIS, ""),
    "161": (Kind.CLINIC, Rank.PSYCHIATRY),
    "292": (Kind.HOSPITAL, Rank.PSYCHIATRY),
    "355": (Kind.HOSPITAL, Rank.CH),
    "362": (Kind.HOSPITAL, Rank.LONG_STAY),
    "365": (Kind.CLINIC, Rank.GENERAL_CLINIC),
    "603": (Kind.MSP, ""),
    "604": (Kind.CPTS, ""),
    "606": (Kind.DAC, ""),
    "610": (Kind.LABORATORY, ""),
    "611": (Kind.LABORATORY, ""),
    "617": (Kind.UNSCHEDULED, ""),
    "647": (Kind.ESS, ""),
    "648": (Kind.SAS, ""),
}


SOURCE = "FINESS, Agence du numérique en santé (date de mise à jour de la fiche)"
SOURCE_URL = "https://www.data.gouv.fr/datasets/finess-structures-1/"
VERSION = "1"  # raise it when the conversion changes: every row is then converted again
NO_DATE = "1900-01-01"  # the producer's way of saying that a date is missing
WGS84 = 4326
# Grids of the files, by EPSG number; none named means Lambert-93. Overseas: Antilles, Guyane, La Réunion, Mayotte.
GRIDS = {"": LAMBERT_93, "2154": LAMBERT_93, "4326": WGS84, "5490": 5490, "2972": 2972, "2975": 2975, "4471": 4471}
_GEOCODING = {"commune": CoordinateSource.COMMUNE, "street": CoordinateSource.STREET}


def _convert(row: FinessRow, communes: KnownCommunes) -> dict[str, Any]:
    check_number(row.finess)
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
        "position": _position(row, commune),
        "opening": _opening(row.opened),
        "source_date": row.updated if row.updated != NO_DATE else "",
    }
    return {**values, "email": row.email} if "@" in row.email else values


def check_number(text: str) -> None:
    """Check a FINESS number: 9 characters, digits but for Corsica (2A…, 2B…)."""
    if len(text) != 9 or not (text.isdigit() or (text[:2] in {"2A", "2B"} and text[2:].isdigit())):
        raise RowRejected(RejectReason.BAD_IDENTIFIER, f"numéro FINESS mal formé : « {text} »")


def _position(row: FinessRow, commune: KnownCommune) -> list:
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


def _opening(text: str) -> list:
    """[ISO date, precision] of the opening, [] when the file has none."""
    if not text or text == NO_DATE:
        return []
    try:
        return [date.fromisoformat(text).isoformat(), str(DatePrecision.DAY)]
    except ValueError:
        raise RowRejected(RejectReason.BAD_DATE, f"date d'ouverture illisible : « {text} »") from None


class FinessImporter(StructureImporter):
    """Establishments of the region, of the categories listed in CATEGORIES."""

    key = FINESS
    label = "Établissements FINESS"
    source_key = FINESS
    version = VERSION
    fields = (
        "kind", "rank", "name", "finess", "finess_legal", "siret", "commune_id", "address", "postal_code", "phone",
        "email", "position", "opening", "source", "source_url", "source_date", "confidence",
    )  # fmt: skip

    def read(self) -> Iterator[RawRow]:
        """Rows of the file; those of other regions or categories come empty, and are counted as out of scope."""
        self.load_known()
        for line, row in read_finess(self.delivery.files["structures"], self._wanted):
            yield RawRow(line, row)

    def _wanted(self, insee: str, category: str) -> bool:
        return category in CATEGORIES and department_of(insee) in self.communes.departments

    def identify(self, row: RawRow) -> str:
        return row.values.finess if row.values else ""

    def fingerprint(self, row: RawRow) -> tuple:
        return (*row.values, self.delivery.source, self.delivery.source_url)

    def values_of(self, row: RawRow) -> dict[str, Any]:
        """Fields of the structure, with their source. The date is that of the row, not of the file."""
        values = _convert(row.values, self.communes)
        return {
            **values,
            "source": self.delivery.source or SOURCE,
            "source_url": self.delivery.source_url or SOURCE_URL,
            "source_date": values["source_date"] or self.delivery.source_date,
            "confidence": str(Confidence.HIGH),
        }
