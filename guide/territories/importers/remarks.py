"""Importer of the assets and drawbacks of places: a YAML list whose rows name a place, a sentence and a source."""

import hashlib
from collections.abc import Iterable, Iterator
from typing import Any

import yaml
from django.utils import timezone

from guide.core.enums import RefusalReason, RejectReason
from guide.core.french import typographic
from guide.core.imports import yaml_files
from guide.core.imports.contract import Changes, Delivery, FileRefused, Importer, Kept, RawRow, Record, RowRejected
from guide.core.imports.differences import Difference, updated
from guide.core.imports.files import open_text
from guide.core.imports.merge import merge, storable
from guide.territories.enums import RemarkKind, TerritoryKind
from guide.territories.models import Territory, TerritoryRemark

ROWS = "rows"
SOURCES = "sources*.yaml"  # beside the list: the same sources as those of the texts
KINDS = {"atout": RemarkKind.ASSET, "vigilance": RemarkKind.CAUTION, "point-de-vigilance": RemarkKind.CAUTION}
FIELDS = ("kind", "text", "source", "source_url", "year", "position")
LENGTHS = {"text": 400, "source": 500, "source_url": 200, "year": 40}


class RemarksImporter(Importer):
    """A file is the whole list. A sentence is known by its words in the file: what an editor changes here is kept."""

    key = "remarks"
    label = "Atouts et points à savoir"
    batch_size = None

    def __init__(self, delivery: Delivery):
        super().__init__(delivery)
        self.sources: dict[str, dict[str, str]] = {}
        self.places: dict[str, int] = {}
        self.stored: dict[str, TerritoryRemark] = {}
        self.position = 0

    def read(self) -> Iterator[RawRow]:
        """Rows of the list, numbered from 1, once the sources beside it and the places are known."""
        path = self.delivery.files[ROWS]
        for found in sorted(path.parent.glob(SOURCES)):
            self.sources |= {str(row.get("code")): row for row in _rows(found)}
        live = Territory.objects.live().values_list("slug", "kind", "code", "pk")
        for slug, kind, code, pk in live:
            self.places[slug] = pk
            if kind == TerritoryKind.DEPARTMENT:
                self.places[code] = pk
        listed = TerritoryRemark.objects.exclude(external_id="")
        self.stored = {row.external_id: row for row in listed}
        for number, row in enumerate(_rows(path), 1):
            yield RawRow(number, {name: str(value or "").strip() for name, value in row.items()})

    def identify(self, row: RawRow) -> str:
        """The place and the first words."""
        return f"{_place(row.values)} {row.values.get('text', '')[:40]}"

    def convert(self, row: RawRow) -> Iterable[Record]:
        """One remark, with the source that its code names."""
        cells = row.values
        place, text = _place(cells), cells.get("text", "")
        if place not in self.places:
            raise RowRejected(RejectReason.UNKNOWN_TERRITORY, f"territoire « {place} » inconnu")
        kind = KINDS.get(cells.get("kind", ""))
        if kind is None:
            raise RowRejected(RejectReason.BAD_VALUE, f"type « {cells.get('kind', '')} » inconnu")
        if not text:
            raise RowRejected(RejectReason.MISSING_VALUE, f"{place} : texte absent")
        source = self.sources.get(cells.get("source", ""))
        if source is None:
            raise RowRejected(RejectReason.UNKNOWN_REFERENCE, f"source « {cells.get('source', '')} » inconnue")
        values: dict[str, Any] = {
            "kind": kind.value,
            "text": typographic(text),
            "source": str(source.get("publisher") or source.get("title") or ""),
            "source_url": str(source.get("url") or ""),
            "year": str(source.get("year") or ""),
        }
        for name, length in LENGTHS.items():
            if len(values[name]) > length:
                raise RowRejected(RejectReason.BAD_VALUE, f"{place} : {name} dépasse {length} caractères")
        if not values["source"] or not values["year"]:
            raise RowRejected(RejectReason.MISSING_VALUE, f"source « {cells['source']} » sans éditeur ou sans année")
        self.position += 1
        values |= {"territory_id": self.places[place], "position": min(self.position, 30_000)}
        return [Record(row.line, _digest(place, kind, text), values)]

    def compare(self, records: list[Record]) -> Changes:
        """Remarks of the list against those stored; a field changed by hand is kept."""
        changes = Changes()
        for record in records:
            offered = {name: record.values[name] for name in FIELDS}
            row = self.stored.get(record.external_id)
            if row is None:
                provenance = {name: [self.key, storable(value)] for name, value in offered.items() if value != ""}
                territory = record.values["territory_id"]
                changes.create.append(
                    TerritoryRemark(
                        territory_id=territory, external_id=record.external_id, provenance=provenance, **offered
                    )
                )
                changes.differences.append(Difference(str(changes.create[-1]), created=True))
                continue
            merged = merge({name: getattr(row, name) for name in FIELDS}, offered, row.provenance, self.key)
            changes.kept.extend(Kept(str(row), name, str(now), str(new)) for name, (now, new) in merged.kept.items())
            if not merged.changes and merged.provenance == row.provenance and row.missing_since is None:
                changes.unchanged += 1
                continue
            before = {name: getattr(row, name) for name in merged.changes}
            changes.differences.append(updated(str(row), before, merged.changes, model=TerritoryRemark))
            for name, value in merged.changes.items():
                setattr(row, name, value)
            row.provenance, row.missing_since = merged.provenance, None
            changes.update.append(row)
        return changes

    def apply(self, changes: Changes) -> None:
        """Write new remarks and changed ones."""
        TerritoryRemark.objects.bulk_create(changes.create)
        if changes.update:
            TerritoryRemark.objects.bulk_update(changes.update, [*FIELDS, "provenance", "missing_since"])

    def known(self) -> int:
        """Remarks of the last list."""
        return sum(row.missing_since is None for row in self.stored.values())

    def missing(self, seen: set[str]) -> list[str]:
        """Remarks that the list no longer has."""
        return sorted(key for key, row in self.stored.items() if row.missing_since is None and key not in seen)

    def mark_missing(self, identifiers: list[str]) -> None:
        """Mark them: pages no longer show them."""
        TerritoryRemark.objects.filter(external_id__in=identifiers).update(missing_since=timezone.localdate())


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


def _digest(place: str, kind: RemarkKind, text: str) -> str:
    return hashlib.sha256(f"{place}|{kind}|{text}".encode()).hexdigest()[:32]
