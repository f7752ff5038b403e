"""Importer of places: communes and their contours, EPCI, bassins de vie; the rest is made from communes."""

from collections.abc import Iterable, Iterator

from django.conf import settings

from guide.core.enums import RefusalReason, RejectReason
from guide.core.imports.contract import (
    Changes,
    Delivery,
    FileRefused,
    Importer,
    Notice,
    RawRow,
    Record,
    Reject,
    RowRejected,
)
from guide.territories import cog, geometry
from guide.territories.enums import TerritoryKind
from guide.territories.geometry import Key
from guide.territories.importers import place_files, place_tables
from guide.territories.importers.codes import unknown_place
from guide.territories.importers.gazetteer import CROSSING, Gazetteer, Origin, PlannedPlace, plan

COMMUNES, EPCI, BASSINS = "communes", "epci", "bassins"
MADE_FROM_COMMUNES = [kind for kind in place_tables.KINDS if kind not in CROSSING]
COMMUNES_SOURCE = "IGN (contours), INSEE (codes, populations), par geo.api.gouv.fr"
EPCI_SOURCE = "DGCL et INSEE (intercommunalités), par geo.api.gouv.fr"
BASSINS_SOURCE = "INSEE, bassins de vie {vintage}"


class TerritoriesImporter(Importer):
    """Files of the delivery: "communes" (needed the first time), "epci", "bassins"; any may come alone later.

    All rows are compared at once, because contours, neighbours and addresses depend on one another.
    """

    key = "territories"
    label = "Territoires"
    batch_size = None

    def __init__(self, delivery: Delivery, region: str = ""):
        super().__init__(delivery)
        self.gazetteer = Gazetteer(region or settings.REGION)
        self.stored = place_tables.Stored()
        self.rejected: set[str] = set()
        self.planned: dict[Key, PlannedPlace] = {}
        self.codes: set[str] = set()
        self.communes_read = 0

    def read(self) -> Iterator[RawRow]:
        """Rows of the files given, communes first; a row's values are (file, what it holds)."""
        files = self.delivery.files
        self.stored = place_tables.load()
        if COMMUNES not in files and not self.stored.live(TerritoryKind.COMMUNE):
            raise FileRefused(RefusalReason.EMPTY, "Aucune commune connue : donnez d'abord le fichier des communes.")
        if COMMUNES in files:
            origin = Origin(self.delivery.source or COMMUNES_SOURCE, self.delivery.source_date)
            self.gazetteer.origins |= dict.fromkeys(MADE_FROM_COMMUNES, origin)
            yield from self._tagged(COMMUNES, place_files.read_communes(files[COMMUNES]))
        else:
            self.codes = {row.code for row in self.stored.live(TerritoryKind.COMMUNE)}
        if EPCI in files:
            self.gazetteer.origins[TerritoryKind.EPCI] = Origin(EPCI_SOURCE, self.delivery.source_date)
            yield from self._tagged(EPCI, place_files.read_epci(files[EPCI]))
        if BASSINS in files:
            vintage, rows = place_files.read_living_areas(files[BASSINS])
            source = BASSINS_SOURCE.format(vintage=vintage)
            self.gazetteer.origins[TerritoryKind.LIVING_AREA] = Origin(source, vintage)
            yield from self._tagged(BASSINS, rows)

    def _tagged(self, file: str, rows: Iterable[RawRow]) -> Iterator[RawRow]:
        for row in rows:
            self.communes_read += file == COMMUNES
            yield RawRow(row.line, (file, row.values))

    def identify(self, row: RawRow) -> str:
        file, values = row.values
        if file == BASSINS:
            return f"{file} {values[0]}"
        return f"{file} {place_files.code_of(values) if file == COMMUNES else values.get('code', '')}"

    def convert(self, row: RawRow) -> Iterable[Record]:
        """One record for each row of the region; the rest of France is out of scope."""
        file, values = row.values
        try:
            record = {COMMUNES: self._commune, EPCI: self._epci, BASSINS: self._living_area}[file](row.line, values)
        except RowRejected:
            code = self.identify(row).partition(" ")[2]
            self.rejected.add(code)
            self.codes.add(code)  # a commune with a defect is not an unknown one for the lists that follow
            raise
        return [record] if record else []

    def _commune(self, line: int, feature) -> Record | None:
        commune = place_files.convert_commune(feature, self.gazetteer.region)
        if commune is None:
            return None
        self.codes.add(commune.code)
        return Record(line, f"{COMMUNES} {commune.code}", {"commune": commune})

    def _epci(self, line: int, row: dict) -> Record:
        code, name = place_files.convert_epci(row)
        return Record(line, f"{EPCI} {code}", {"name": name, "code": code})

    def _living_area(self, line: int, row: tuple[str, str, str]) -> Record | None:
        commune, code, name = place_files.convert_living_area(row)
        if commune not in self.codes:
            if cog.region_holding(TerritoryKind.COMMUNE, commune) == self.gazetteer.region:
                raise unknown_place(TerritoryKind.COMMUNE, commune)
            return None
        return Record(line, f"{BASSINS} {commune}", {"commune": commune, "code": code, "name": name})

    def compare(self, records: list[Record]) -> Changes:
        changes = Changes()
        self._fill(records, changes)
        place_tables.complete(self.gazetteer, self.stored, self.delivery.files, self.rejected)
        if not self.gazetteer.communes:
            self._refuse_empty()
        self._notice_unnamed(changes)
        live = {key for key, row in self.stored.rows.items() if row.missing_since is None}
        self.planned = self._plan(live)
        self._notice_holes(changes)
        found = list(filter(None, (place_tables.difference(place, self.stored) for place in self.planned.values())))
        changes.create = [item for item in found if item.place.key not in self.stored.rows]
        changes.update = [item for item in found if item.place.key in self.stored.rows]
        changes.unchanged = len(self.planned) - len(found)
        changes.differences = [place_tables.in_words(item, self.stored) for item in found]
        return changes

    def _plan(self, live: set[Key]) -> dict[Key, PlannedPlace]:
        """Slugs of places that leave the sources stay theirs: planning is done again when there are any."""
        gone = {row.slug for key, row in self.stored.rows.items() if key not in live}
        planned = plan(self.gazetteer, frozenset(gone))
        leaving = {self.stored.rows[key].slug for key in live - set(planned)}
        return plan(self.gazetteer, frozenset(gone | leaving)) if leaving else planned

    def _fill(self, records: list[Record], changes: Changes) -> None:
        lines: dict[str, int] = {}
        for record in records:
            file, values = record.external_id.partition(" ")[0], record.values
            if file == COMMUNES:
                commune = values["commune"]
                self.gazetteer.communes.append(commune)
                lines[commune.code] = record.line
                if commune.set_aside:
                    changes.notices.append(Notice(record.line, commune.code, commune.set_aside))
            elif file == EPCI:
                self.gazetteer.epci_names[values["code"]] = values["name"]
            else:
                self.gazetteer.living_areas[values["commune"]] = values["code"]
                self.gazetteer.living_area_names[values["code"]] = values["name"]
        self._reject_overlaps(lines, changes)

    def _reject_overlaps(self, lines: dict[str, int], changes: Changes) -> None:
        """Of two contours on the same ground, the one that its own town hall is not in is wrong; else both are."""
        found = self.gazetteer.communes
        wrong: set[str] = set()
        for pair in geometry.overlaps([commune.shape for commune in found]):
            both = [found[position] for position in pair]
            wrong.update(commune.code for commune in [c for c in both if c.set_aside] or both)
        for commune in (commune for commune in found if commune.code in wrong):
            message = f"{commune.name} ({commune.code}) : contour qui en recouvre un autre"
            identifier = f"{COMMUNES} {commune.code}"
            changes.rejects.append(Reject(lines[commune.code], identifier, RejectReason.BAD_GEOMETRY, message))
        changes.notices = [notice for notice in changes.notices if notice.identifier not in wrong]
        self.rejected |= wrong
        self.gazetteer.communes = [commune for commune in found if commune.code not in wrong]

    def _refuse_empty(self) -> None:
        if self.communes_read > len(self.rejected):
            region = cog.REGIONS.get(self.gazetteer.region)
            name = region.name if region else "inconnue"
            raise FileRefused(
                RefusalReason.WRONG_REGION,
                f"Aucune commune de la région {self.gazetteer.region} ({name}) dans ce fichier : vérifiez REGION.",
            )
        raise FileRefused(RefusalReason.EMPTY, "Aucune commune exploitable dans ce fichier.")

    def _notice_unnamed(self, changes: Changes) -> None:
        codes = {commune.epci for commune in self.gazetteer.communes if commune.epci}
        for code in sorted(codes - set(self.gazetteer.epci_names)):
            changes.notices.append(Notice(None, code, "EPCI sans nom connu, non créé : donnez la liste des EPCI"))

    def _notice_holes(self, changes: Changes) -> None:
        """A hole in the region: an enclave of another region, or a commune whose contour is absent or out of date.

        The contour of a commune nouvelle may still be that of one of the communes it was made from.
        """
        whole = self.planned[TerritoryKind.REGION, self.gazetteer.region].outline.shape
        for hole in geometry.holes(whole):
            around = [c.name for c in self.gazetteer.communes if c.shape.intersects(hole)]
            message = f"trou de {geometry.areas_km2([hole])[0]:.1f} km² dans la région, entre {', '.join(around)}"
            changes.notices.append(Notice(None, self.gazetteer.region, message))

    def apply(self, changes: Changes) -> None:
        place_tables.write(changes.create, changes.update, self.stored)

    def known(self) -> int:
        counts = {
            COMMUNES: len(self.stored.live(TerritoryKind.COMMUNE)),
            EPCI: len(self.stored.live(TerritoryKind.EPCI)),
            BASSINS: sum(
                any(kind == TerritoryKind.LIVING_AREA for kind, _ in outers)
                for (kind_of, _), outers in self.stored.outers.items()
                if kind_of == TerritoryKind.COMMUNE
            ),
        }
        return sum(counts[file] for file in self.delivery.files)

    def missing(self, seen: set[str]) -> list[str]:
        gone = (row for key, row in self.stored.rows.items() if key not in self.planned and row.missing_since is None)
        return sorted(f"{row.kind} {row.code}" for row in gone)

    def mark_missing(self, identifiers: list[str]) -> None:
        place_tables.mark_missing([tuple(identifier.split(" ", 1)) for identifier in identifiers], self.stored)
