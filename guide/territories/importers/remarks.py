"""Importer of the assets and drawbacks of places: a YAML list whose rows name a place, a sentence and a source."""

import hashlib
from collections.abc import Iterator
from typing import Any

import yaml
from django.db import models

from guide.core.enums import RefusalReason, RejectReason
from guide.core.french import typographic
from guide.core.imports import yaml_files
from guide.core.imports.contract import Delivery, FileRefused, RawRow, Record, RowRejected
from guide.core.imports.files import open_text
from guide.core.imports.tables import ROWS, RowRecord, RowsImporter
from guide.territories.enums import RemarkKind, TerritoryKind
from guide.territories.models import Territory, TerritoryRemark

SOURCES = "sources*.yaml"  # beside the list: the same sources as those of the texts
KINDS = {"atout": RemarkKind.ASSET, "vigilance": RemarkKind.CAUTION, "point-de-vigilance": RemarkKind.CAUTION}
LENGTHS = {"text": 400, "source": 500, "source_url": 200, "year": 40}


class RemarksImporter(RowsImporter):
    """A file is the whole list. A sentence is known by its words in the file: what an editor changes here is kept."""

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
