"""Shared by the tests of the territory importers: small files, and runs of them."""

from datetime import date
from pathlib import Path

from guide.core.imports.contract import Delivery
from guide.core.imports.engine import run_import
from guide.core.imports.tables import ROWS
from guide.territories.importers.facts import AmenitiesImporter, RemarksImporter, TravelTimesImporter
from guide.territories.importers.indicators import IndicatorsImporter
from guide.territories.importers.territories import TerritoriesImporter
from guide.territories.importers.zonings import EditionOptions, ZoningsImporter
from guide.territories.models import Containment, Contour, PostalCode, Territory, Zoning, ZoningEdition
from guide.territories.zonings import Answer, states

FILES = Path(__file__).parent / "files"
SMALL_REGION = {"communes": "communes.geojson", "epci": "epci.json", "bassins": "bassins.csv"}


def delivery(files, **about):
    return Delivery(
        files={name: path if isinstance(path, Path) else FILES / path for name, path in files.items()},
        **{"source": "Essai", "source_date": "2026", **about},
    )


def import_places(files=None, *, apply=True, region="24", **options):
    importer = TerritoriesImporter(delivery(files or SMALL_REGION), region)
    return run_import(importer, apply=apply, **options)


def import_zoning(file, file_format, *, valid_from="2025-07-10", scope=("region", "24"), apply=True, **options):
    about = {"valid_to": None, **options}
    if about["valid_to"]:
        about["valid_to"] = date.fromisoformat(about["valid_to"])
    edition = EditionOptions(file_format, date.fromisoformat(valid_from), scope, **about)
    return run_import(ZoningsImporter(delivery({"zonings": file}), edition), apply=apply)


def import_figures(values=None, *, catalogue=None, apply=True, **about):
    files = {name: file for name, file in (("catalogue", catalogue), ("values", values)) if file}
    return run_import(IndicatorsImporter(delivery(files, **about)), apply=apply)


def import_amenities(file, *, apply=True, **about):
    return run_import(AmenitiesImporter(delivery({ROWS: file}, **about)), apply=apply)


def import_times(file, *, apply=True, **about):
    return run_import(TravelTimesImporter(delivery({ROWS: file}, **about)), apply=apply)


def import_remarks(file, *, apply=True, **about):
    return run_import(RemarksImporter(delivery({ROWS: file}, **about)), apply=apply)


def snapshot():
    """Everything that the tables of places and zonings hold, primary keys included."""
    models = (Territory, Containment, PostalCode, Contour, Territory.neighbours.through, ZoningEdition, Zoning)
    return {model.__name__: sorted(map(repr, model.objects.values_list())) for model in models}


def place(kind, code):
    return Territory.objects.get(kind=kind, code=code)


def levels_on(day, scheme):
    """By commune (official code), the levels of one zoning on a day; communes outside and unknown are left out."""
    codes = dict(Territory.objects.of_kind("commune").values_list("pk", "code"))
    found = states(list(codes), day, [scheme]).items()
    return {codes[pk]: [row.level for row in state.rows] for pk, (state,) in found if state.answer == Answer.LEVEL}


def reasons(report):
    return [(reject.line, reject.reason) for reject in report.rejects]
