"""Importers of daily life (stations, lycées, museums…, travel times) and of the assets and drawbacks of places: a list
replaces the one before."""

import hashlib
from collections.abc import Iterator
from typing import Any

import yaml
from django.db import models

from guide.core.enums import RefusalReason, RejectReason
from guide.core.french import typographic
from guide.core.imports import yaml_files
from guide.core.imports.cells import one_of, text, whole, words
from guide.core.imports.contract import Delivery, FileRefused, RawRow, Record, RowRejected
from guide.core.imports.files import open_text
from guide.core.imports.tables import CONFIDENCE, ROWS, SOURCE, Column, RowRecord, RowsImporter, Table, TableImporter
from guide.territories.enums import AmenityKind, RemarkKind, TerritoryKind, TravelMode
from guide.territories.importers import codes
from guide.territories.models import Amenity, Territory, TerritoryRemark, TravelTime

COMMUNE = ("commune_code", *codes.COMMUNE_COLUMN)
COMMON = (
    Column("details", ("details",), text(500), optional=True),
    SOURCE,
    Column("source_date", ("year", "annee", "année"), text(40), optional=True),
    CONFIDENCE,
)
LONGEST = 24 * 60  # minutes; a longer time is a unit mistaken
SOURCES = "sources*.yaml"  # beside the list: the same sources as those of the texts
KINDS = {"atout": RemarkKind.ASSET, "vigilance": RemarkKind.CAUTION, "point-de-vigilance": RemarkKind.CAUTION}
LENGTHS = {"text": 400, "source": 500, "source_url": 200, "year": 40}


class AmenitiesImporter(TableImporter):
    """Places of daily life. A file is the whole list of the kinds that it holds, and says nothing of the others."""

    key = "amenities"
    label = "Lieux de vie"
    model = Amenity
    identity = ("kind", "name", "commune_id")
    scope = "kind"
    table = Table(
        Column("kind", ("kind", "type"), one_of(words(AmenityKind)), needed="type absent"),
        Column("name", ("name", "nom"), text(200), needed="nom absent"),
        Column("commune_id", COMMUNE, load=codes.commune),
        *COMMON,
    )

    def identify(self, row: RawRow) -> str:
        return row.values["name"]


class TravelTimesImporter(TableImporter):
    """Travel times; a file is the whole list."""

    key = "travel-times"
    label = "Temps de trajet"
    model = TravelTime
    identity = ("commune_id", "from_place", "to_place", "mode", "minutes")
    table = Table(
        Column("from_place", ("from_place", "depart", "départ"), text(120), needed="colonne « from_place » vide"),
        Column("commune_id", COMMUNE, load=codes.commune, needed="colonne « commune_code » vide"),
        Column("to_place", ("to_place", "arrivee", "arrivée"), text(120), needed="colonne « to_place » vide"),
        Column("minutes", ("minutes",), whole(1, LONGEST), needed="colonne « minutes » vide"),
        Column("mode", ("mode",), one_of(words(TravelMode)), needed="colonne « mode » vide"),
        *COMMON,
    )

    def identify(self, row: RawRow) -> str:
        return f"{row.values['from_place']} → {row.values['to_place']}"


class RemarksImporter(RowsImporter):
    """A YAML list whose rows name a place, a sentence and a source; a file is the whole list.

    A sentence is known by its words in the file: what an editor changes here is kept.
    """

    key = "remarks"
    label = "Atouts et points à savoir"

    def __init__(self, delivery: Delivery):
        super().__init__(delivery)
        self.sources: dict[str, dict[str, str]] = {}
        self.places: dict[str, int] = {}
        self.position = 0

    def rows(self) -> models.QuerySet:
        """Those of the list: others were written by editors."""
        return TerritoryRemark.objects.exclude(external_id="")

    def key_of(self, row: TerritoryRemark) -> str:
        return row.external_id

    def read(self) -> Iterator[RawRow]:
        """Rows of the list, numbered from 1, once the sources beside it and the places are known."""
        path = self.delivery.files[ROWS]
        for found in sorted(path.parent.glob(SOURCES)):
            self.sources |= {str(row.get("code")): row for row in _rows(found)}
        for slug, kind, code, pk in Territory.objects.live().values_list("slug", "kind", "code", "pk"):
            self.places[slug] = pk
            if kind == TerritoryKind.DEPARTMENT:
                self.places[code] = pk
        for number, row in enumerate(_rows(path), 1):
            yield RawRow(number, {name: str(value or "").strip() for name, value in row.items()})

    def identify(self, row: RawRow) -> str:
        return f"{_place(row.values)} {row.values.get('text', '')[:40]}"

    def convert(self, row: RawRow) -> list[Record]:
        cells = row.values
        place, kind, text = _place(cells), KINDS.get(cells.get("kind", "")), cells.get("text", "")
        if place not in self.places:
            raise RowRejected(RejectReason.UNKNOWN_TERRITORY, f"territoire « {place} » inconnu")
        if kind is None:
            raise RowRejected(RejectReason.BAD_VALUE, f"type « {cells.get('kind', '')} » inconnu")
        if not text:
            raise RowRejected(RejectReason.MISSING_VALUE, f"{place} : texte absent")
        values = {"kind": kind.value, "text": typographic(text)} | self._source(cells.get("source", ""))
        for name, length in LENGTHS.items():
            if len(values[name]) > length:
                raise RowRejected(RejectReason.BAD_VALUE, f"{place} : {name} dépasse {length} caractères")
        if not values["source"] or not values["year"]:
            raise RowRejected(RejectReason.MISSING_VALUE, f"source « {cells['source']} » sans éditeur ou sans année")
        self.position += 1
        values["position"] = min(self.position, 30_000)
        digest = hashlib.sha256(f"{place}|{kind}|{text}".encode()).hexdigest()[:32]
        identity = {"territory_id": self.places[place], "external_id": digest}
        return [RowRecord(row.line, digest, values, TerritoryRemark, identity)]

    def _source(self, code: str) -> dict[str, Any]:
        source = self.sources.get(code)
        if source is None:
            raise RowRejected(RejectReason.UNKNOWN_REFERENCE, f"source « {code} » inconnue")
        return {
            "source": str(source.get("publisher") or source.get("title") or ""),
            "source_url": str(source.get("url") or ""),
            "year": str(source.get("year") or ""),
        }


def _rows(path) -> list[dict]:
    with open_text(path) as text:
        try:
            rows = yaml_files.load(text.read())
        except yaml.YAMLError as error:
            raise FileRefused(
                RefusalReason.UNREADABLE, f"{path.name} : YAML illisible ({yaml_files.told(error)})."
            ) from error
    if not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
        raise FileRefused(RefusalReason.COLUMNS, f"{path.name} : une liste de lignes était attendue.")
    return rows


def _place(cells: dict[str, str]) -> str:
    """The address of a place (`territory`), or the code of a department."""
    return cells.get("territory") or cells.get("department", "")
