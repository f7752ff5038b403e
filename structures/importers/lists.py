"""Importer of the documented structure list (CSV or XLSX), for what FINESS does not hold.

Columns in French, described in docs/imports-structures.md. One list is one source: its rows are known by (list,
identifiant), and a row that leaves the list is marked as missing from it.
"""

from collections.abc import Callable, Iterator
from typing import Any

from guide.backoffice.perimeter import Reach
from guide.core.enums import RefusalReason, RejectReason
from guide.core.imports.contract import Delivery, FileRefused, RawRow, RowRejected
from guide.core.imports.files import read_table
from guide.territories.enums import TerritoryKind
from guide.territories.models import Territory
from structures.enums import CoordinateSource
from structures.importers import cells, finess_convert, relations
from structures.importers.combine import FINESS
from structures.importers.perimeter import Perimeter
from structures.importers.places import Place, check_position
from structures.importers.sync import StructureImporter

REQUIRED = ("identifiant", "type", "nom", "code_commune")
MAX_IDENTIFIER = 120
# Cells that become one field each: column of the file -> (field, parser).
CELLS: dict[str, tuple[str, Callable[[str, str], Any]]] = {
    "rang": ("rank", lambda column, text: cells.choice(column, text, cells.RANKS)),
    "statut": ("ownership", lambda column, text: cells.choice(column, text, cells.OWNERSHIPS)),
    "telephone": ("phone", cells.phone),
    "courriel": ("email", cells.email),
    "site": ("website", cells.url),
    "ouverture": ("opening", cells.partial_date),
    "fermeture": ("closed_on", cells.end_date),
    "modes": ("modes", lambda column, text: cells.several(column, text, cells.MODES)),
    "professions": ("staff", cells.staff),
    "accueille_internes": ("welcomes_interns", cells.yes_no),
    "recrute": ("recruiting", cells.yes_no),
    "membre_de": ("groups", cells.groups),
}
TEXTS = {
    "finess_juridique": ("finess_legal", 9), "siret": ("siret", 14), "adresse": ("address", 250),
    "code_postal": ("postal_code", 5), "urgences": ("emergency", 60), "maternite": ("maternity", 60),
    "presentation": ("presentation", 4000),
}  # fmt: skip
_AREA_KINDS = (TerritoryKind.DEPARTMENT, TerritoryKind.EPCI, TerritoryKind.LIVING_AREA, TerritoryKind.REGION)


class ListImporter(StructureImporter):
    """One list of structures."""

    key = "structures"
    label = "Liste de structures"
    version = "1"
    fields = (
        "kind", "rank", "ownership", "name", "finess", "finess_legal", "siret", "commune_id", "address", "postal_code",
        "phone", "email", "website", "position", "opening", "closed_on", "emergency", "maternity",
        "welcomes_interns", "recruiting", "presentation", "source", "source_url", "source_date", "confidence",
        "modes", "staff", "stops", "groups", "coverage",
    )  # fmt: skip

    def __init__(self, delivery: Delivery, list_name: str = "structures"):
        super().__init__(delivery)
        self.source_key = list_name
        self._references: set[str] = set()

    def limit(self, reach: Reach) -> None:
        """A departmental editor imports what lies in their perimeter; the other rows are rejected."""
        if not reach.is_editor:
            super().limit(reach)
        self._perimeter = Perimeter(reach)

    def read(self) -> Iterator[RawRow]:
        """Rows of the file, after a first look at its identifiers: a row may name a group that stands below it."""
        if self.source_key == FINESS:
            raise FileRefused(RefusalReason.COLUMNS, "le nom de liste « finess » est celui du répertoire FINESS.")
        self.load_known()
        named = set()
        for _, row in self._rows():
            self._references.update(name for name in (row["identifiant"], row.get("finess", "")) if name)
            named.update(reference for reference, _ in _groups_or_nothing(row.get("membre_de", "")))
        self._references |= relations.resolve(named).keys()
        for line, row in self._rows():
            yield RawRow(line, row)

    def _rows(self) -> Iterator[tuple[int, dict[str, str]]]:
        for line, row in read_table(self.delivery.files["structures"], [(name,) for name in REQUIRED]):
            yield line, {column.strip().lower(): text for column, text in row.items()}

    def identifier(self, row: RawRow) -> str:
        """Its identifier in the list."""
        return row.values["identifiant"]

    identify = identifier

    def fingerprint(self, row: RawRow) -> tuple:
        """Cells of the row, and what the delivery adds."""
        return (*sorted(row.values.items()), self.delivery.source, self.delivery.source_url, self.delivery.source_date)

    def values_of(self, row: RawRow) -> dict[str, Any]:
        """Fields that the row offers. A column that the file does not have is not offered at all."""
        texts = row.values
        for column in REQUIRED:
            if not texts[column]:
                raise RowRejected(RejectReason.MISSING_VALUE, f"{column} absent")
        if len(texts["identifiant"]) > MAX_IDENTIFIER:
            raise RowRejected(RejectReason.BAD_IDENTIFIER, "identifiant trop long (120 caractères au plus)")
        place = self.places.commune(texts["code_commune"])
        values = {
            "kind": cells.choice("type", texts["type"], cells.KINDS),
            "name": texts["nom"][:200],
            "commune_id": place.pk,
            "position": _position(texts, place),
        }
        values |= {field: texts[column][:size] for column, (field, size) in TEXTS.items() if column in texts}
        values |= {field: parse(column, texts[column]) for column, (field, parse) in CELLS.items() if column in texts}
        if texts.get("finess"):
            finess_convert.number(texts["finess"])
            values["finess"] = texts["finess"]
        self._check_groups(values)
        if "arrets" in texts:
            values["stops"] = self._stops(texts["arrets"])
        if "couverture" in texts:
            values["coverage"] = self._coverage(texts["couverture"])
        return values | self._sourcing(texts)

    def _sourcing(self, texts: dict[str, str]) -> dict[str, str]:
        """Source of the row, else of the whole delivery; a row without either is rejected."""
        source = texts.get("source") or self.delivery.source
        if not source:
            raise RowRejected(RejectReason.MISSING_VALUE, "source absente de la ligne et de la livraison")
        own = bool(texts.get("source"))
        return {
            "source": source[:500],
            "source_url": cells.url(
                "source_url", texts.get("source_url") or ("" if own else self.delivery.source_url)
            ),
            "source_date": (texts.get("source_date") or ("" if own else self.delivery.source_date))[:40],
            "confidence": cells.choice("confiance", texts.get("confiance", ""), cells.CONFIDENCES),
        }

    def _check_groups(self, values: dict[str, Any]) -> None:
        for reference, _ in values.get("groups", ()):
            if reference not in self._references:
                raise RowRejected(RejectReason.UNKNOWN_REFERENCE, f"membre_de : « {reference} » inconnu")

    def _stops(self, text: str) -> list:
        """[[commune pk, place, schedule]] of "36006|Place de la République|mardi 9 h-12 h; …"."""
        stops = []
        for part in cells.split(text):
            code, *rest = (piece.strip() for piece in part.split("|"))
            place, schedule = [*rest, "", ""][:2]
            stops.append([self.places.commune(code).pk, place[:200], schedule[:200]])
        return sorted(stops)

    def _coverage(self, text: str) -> list[str]:
        """INSEE codes of the communes covered, or ["kind:code"] when one department, EPCI… covers it exactly."""
        codes = cells.split(text)
        wider = [code for code in codes if code not in self.places.by_code]
        found = list(Territory.objects.filter(kind__in=_AREA_KINDS, code__in=wider).values_list("kind", "code", "pk"))
        for code in wider:
            if code not in {known for _, known, _ in found}:
                raise RowRejected(RejectReason.UNKNOWN_TERRITORY, f"couverture : « {code} » inconnu")
        if len(codes) == 1 and found:
            return [f"{found[0][0]}:{found[0][1]}"]
        inner = Territory.objects.filter(kind=TerritoryKind.COMMUNE, outer_links__outer__in=[pk for *_, pk in found])
        return sorted(
            {*(code for code in codes if code in self.places.by_code), *inner.values_list("code", flat=True)}
        )


def _position(texts: dict[str, str], place: Place) -> list:
    """[latitude, longitude, origin]; without coordinates, or without a precision, the page says "approximative"."""
    latitude = cells.degrees("latitude", texts.get("latitude", ""))
    longitude = cells.degrees("longitude", texts.get("longitude", ""))
    if (latitude is None) != (longitude is None):
        raise RowRejected(RejectReason.MISSING_VALUE, "latitude sans longitude, ou l'inverse")
    if latitude is None or longitude is None:
        known = place.latitude is not None
        return [place.latitude, place.longitude, str(CoordinateSource.COMMUNE)] if known else []
    origin = cells.choice("precision", texts.get("precision", ""), cells.PRECISIONS)
    return [*check_position(place, latitude, longitude), origin or str(CoordinateSource.COMMUNE)]


def _groups_or_nothing(text: str) -> list:
    """References of a cell; a malformed one is reported when its row is converted."""
    try:
        return cells.groups("membre_de", text)
    except RowRejected:
        return []
