"""Importers of daily life: places (stations, lycées, museums…) and travel times. A list replaces the one before."""

from abc import abstractmethod
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from django.conf import settings
from django.db import models
from django.utils import timezone

from guide.core.enums import RejectReason
from guide.core.french import fold
from guide.core.imports.contract import Changes, Delivery, Importer, RawRow, Record, RowRejected
from guide.core.imports.differences import Difference, updated
from guide.core.imports.files import read_table
from guide.territories import cog
from guide.territories.enums import AmenityKind, TerritoryKind, TravelMode
from guide.territories.importers.zoning_formats import COMMUNE_COLUMN, confidence
from guide.territories.models import Amenity, Territory, TravelTime

ROWS = "rows"
BATCH = 500
COMMUNE = ("commune_code", *COMMUNE_COLUMN)
COMMON = (("details",), ("source",), ("year", "annee", "année"), ("confidence", "confiance"))
FIELDS = ("details", "source", "source_date", "confidence", "missing_since")
LONGEST = 24 * 60  # minutes; a longer time is a unit mistaken
AMENITY_KINDS = {fold(kind.label): kind for kind in AmenityKind}
MODES = {fold(mode.label): mode for mode in TravelMode}


class LifeImporter(Importer):
    """What both lists share. `identity` names the columns that make a row, FIELDS what a new delivery may change."""

    batch_size = None
    model: type[models.Model]
    columns: Sequence[Sequence[str]]
    identity: tuple[str, ...]

    def __init__(self, delivery: Delivery):
        super().__init__(delivery)
        self.communes: dict[str, int] = {}
        self.stored: dict[str, models.Model] = {}

    def read(self) -> Iterator[RawRow]:
        """Rows of the file, once the communes and the stored rows are known."""
        communes = Territory.objects.of_kind(TerritoryKind.COMMUNE).filter(missing_since=None)
        self.communes = dict(communes.values_list("code", "pk"))
        self.stored = {self._key(vars(row)): row for row in self.model.objects.all()}
        for line, cells in read_table(self.delivery.files[ROWS], self.columns, optional=COMMON):
            yield RawRow(line, cells)

    def _key(self, values: dict[str, Any]) -> str:
        return "|".join(str(values[name] or "") for name in self.identity)

    def convert(self, row: RawRow) -> Iterable[Record]:
        """One record; none for a commune of another region."""
        cells = row.values
        values = self.named(cells)
        code = cells["commune_code"]
        if code and code not in self.communes:
            if cog.region_holding(TerritoryKind.COMMUNE, code) not in ("", settings.REGION):
                return []
            raise RowRejected(RejectReason.UNKNOWN_COMMUNE, f"commune {code} inconnue (fusionnée ?)")
        values |= {"commune_id": self.communes.get(code)} | self._sourcing(cells)
        return [Record(row.line, self._key(values), values)]

    @abstractmethod
    def named(self, cells: dict[str, str]) -> dict[str, Any]:
        """The fields of the list's own, checked; raise RowRejected with its reason."""

    def _sourcing(self, cells: dict[str, str]) -> dict[str, Any]:
        source = cells.get("source") or self.delivery.source
        if not source:
            raise RowRejected(RejectReason.MISSING_VALUE, f"{self.identify(RawRow(0, cells))} : source absente")
        own = bool(cells.get("source"))
        return {
            "details": cells.get("details", "")[:500],
            "source": source[:500],
            "source_date": (cells.get("year") or ("" if own else self.delivery.source_date))[:40],
            "confidence": confidence(cells.get("confidence", "")),
            "missing_since": None,
        }

    def compare(self, records: list[Record]) -> Changes:
        """Rows of the list against those stored."""
        changes = Changes()
        for record in records:
            row = self.stored.get(record.external_id)
            if row is None:
                row = self.model(**record.values)
                changes.create.append(row)
                changes.differences.append(Difference(str(row), created=True))
            elif changed := [name for name in FIELDS if getattr(row, name) != record.values[name]]:
                before = {name: getattr(row, name) for name in changed}
                after = {name: record.values[name] for name in changed}
                changes.differences.append(updated(str(row), before, after, model=self.model))
                for name in changed:
                    setattr(row, name, record.values[name])
                changes.update.append(row)
            else:
                changes.unchanged += 1
        return changes

    def apply(self, changes: Changes) -> None:
        """Write new rows and changed ones."""
        self.model.objects.bulk_create(changes.create, batch_size=BATCH)
        if changes.update:
            self.model.objects.bulk_update(changes.update, FIELDS, batch_size=BATCH)

    def replaced(self) -> list[str]:
        """Keys of the stored rows that this delivery speaks for."""
        return [key for key, row in self.stored.items() if row.missing_since is None]

    def known(self) -> int:
        """Rows of the last delivery."""
        return len(self.replaced())

    def missing(self, seen: set[str]) -> list[str]:
        """Rows that the list no longer has."""
        return sorted(set(self.replaced()) - seen)

    def mark_missing(self, identifiers: list[str]) -> None:
        """Mark them: pages no longer show them."""
        pks = [self.stored[identifier].pk for identifier in identifiers]
        self.model.objects.filter(pk__in=pks).update(missing_since=timezone.localdate())


class AmenitiesImporter(LifeImporter):
    """Places of daily life. A file is the whole list of the kinds that it holds, and says nothing of the others."""

    key = "amenities"
    label = "Lieux de vie"
    model = Amenity
    columns = (("kind", "type"), ("name", "nom"), COMMUNE)
    identity = ("kind", "name", "commune_id")

    def __init__(self, delivery: Delivery):
        super().__init__(delivery)
        self.kinds: set[str] = set()

    def identify(self, row: RawRow) -> str:
        """Its name."""
        return row.values["name"]

    def named(self, cells: dict[str, str]) -> dict[str, Any]:
        """Kind and name."""
        if not cells["name"]:
            raise RowRejected(RejectReason.MISSING_VALUE, "nom absent")
        kind = AMENITY_KINDS.get(fold(cells["kind"]))
        if kind is None:
            raise RowRejected(RejectReason.BAD_VALUE, f"{cells['name']} : type « {cells['kind']} » inconnu")
        self.kinds.add(str(kind))
        return {"kind": str(kind), "name": cells["name"][:200]}

    def replaced(self) -> list[str]:
        """Rows of the kinds of this file."""
        return [key for key in super().replaced() if self.stored[key].kind in self.kinds]


class TravelTimesImporter(LifeImporter):
    """Travel times; a file is the whole list."""

    key = "travel-times"
    label = "Temps de trajet"
    model = TravelTime
    columns = (
        ("from_place", "depart", "départ"),
        COMMUNE,
        ("to_place", "arrivee", "arrivée"),
        ("minutes",),
        ("mode",),
    )
    identity = ("commune_id", "from_place", "to_place", "mode", "minutes")

    def identify(self, row: RawRow) -> str:
        """Where it starts and ends."""
        return f"{row.values['from_place']} → {row.values['to_place']}"

    def named(self, cells: dict[str, str]) -> dict[str, Any]:
        """Both ends, mode and minutes."""
        for column in ("from_place", "to_place", "commune_code"):
            if not cells[column]:
                raise RowRejected(RejectReason.MISSING_VALUE, f"colonne « {column} » vide")
        mode, minutes = MODES.get(fold(cells["mode"])), cells["minutes"]
        if mode is None:
            raise RowRejected(RejectReason.BAD_VALUE, f"moyen « {cells['mode']} » inconnu")
        if not (minutes.isascii() and minutes.isdecimal() and 0 < int(minutes) <= LONGEST):
            raise RowRejected(RejectReason.BAD_VALUE, f"durée « {minutes} » illisible : attendu des minutes entières")
        return {
            "from_place": cells["from_place"][:120],
            "to_place": cells["to_place"][:120],
            "mode": str(mode),
            "minutes": int(minutes),
        }
