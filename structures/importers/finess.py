"""Importer of the FINESS extracts, whatever their format."""

from collections.abc import Iterator
from typing import Any

from guide.core.enums import Confidence
from guide.core.imports.contract import RawRow
from guide.territories.cog import department_of
from structures.finess import CATEGORIES
from structures.importers import finess_convert
from structures.importers.combine import FINESS
from structures.importers.finess_files import read_finess
from structures.importers.sync import StructureImporter

SOURCE = "FINESS, Agence du numérique en santé (date de mise à jour de la fiche)"
SOURCE_URL = "https://www.data.gouv.fr/datasets/finess-structures-1/"


class FinessImporter(StructureImporter):
    """Establishments of the region, of the categories listed in `structures.finess`."""

    key = FINESS
    label = "Établissements FINESS"
    source_key = FINESS
    version = finess_convert.VERSION
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
        values = finess_convert.convert(row.values, self.communes)
        return {
            **values,
            "source": self.delivery.source or SOURCE,
            "source_url": self.delivery.source_url or SOURCE_URL,
            "source_date": values["source_date"] or self.delivery.source_date,
            "confidence": str(Confidence.HIGH),
        }
