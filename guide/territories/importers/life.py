"""Importers of daily life: places (stations, lycées, museums…) and travel times. A list replaces the one before."""

from guide.core.imports.cells import one_of, text, whole, words
from guide.core.imports.contract import RawRow
from guide.core.imports.tables import CONFIDENCE, SOURCE, Column, Table, TableImporter
from guide.territories.enums import AmenityKind, TravelMode
from guide.territories.importers import codes
from guide.territories.models import Amenity, TravelTime

COMMUNE = ("commune_code", *codes.COMMUNE_COLUMN)
COMMON = (
    Column("details", ("details",), text(500), optional=True),
    SOURCE,
    Column("source_date", ("year", "annee", "année"), text(40), optional=True),
    CONFIDENCE,
)
LONGEST = 24 * 60  # minutes; a longer time is a unit mistaken


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
