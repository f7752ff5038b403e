"""Shared by the tests of the structure importers: four real communes, small files, and runs of them."""

from pathlib import Path

import pytest

from guide.core.imports.contract import Delivery
from guide.core.imports.engine import run_import
from guide.territories.models import PostalCode
from structures.importers.finess import FinessImporter
from structures.importers.lists import ListImporter
from structures.models import Membership, StaffMember, Stop, Structure, StructureMode, StructureSource
from tests.factories import DepartmentFactory, RegionFactory, TerritoryFactory

FILES = Path(__file__).parent / "files"
COMMUNES = {
    "36044": ("Châteauroux", 46.8103, 1.6913, ["36000"]),
    "36046": ("La Châtre", 46.5817, 1.9872, ["36400"]),
    "37261": ("Tours", 47.3941, 0.6848, ["37000", "37100", "37200"]),
}
VOLATILE = {"id", "slug", "created_at", "updated_at", "provenance", "source_url", "commune_id"}


@pytest.fixture
def communes(db):
    region = RegionFactory()
    departments = {code: DepartmentFactory(code=code, inside=[region]) for code in ("36", "37")}
    for code, (name, latitude, longitude, postal_codes) in COMMUNES.items():
        box = [longitude - 0.05, latitude - 0.05, longitude + 0.05, latitude + 0.05]
        commune = TerritoryFactory(
            code=code,
            name=name,
            latitude=latitude,
            longitude=longitude,
            bbox=box,
            inside=[region, departments[code[:2]]],
        )
        PostalCode.objects.bulk_create(PostalCode(code=postal, commune=commune) for postal in postal_codes)


def delivery(file, **about):
    path = file if isinstance(file, Path) else FILES / file
    return Delivery({"structures": path}, **about)


def import_finess(file, *, apply=True, accept_fewer=False, **about):
    return run_import(FinessImporter(delivery(file, **about)), apply=apply, accept_fewer=accept_fewer)


def import_list(file, *, name="essai", apply=True, accept_fewer=False, **about):
    return run_import(ListImporter(delivery(file, **about), name), apply=apply, accept_fewer=accept_fewer)


def reasons(report):
    return [(reject.line, reject.reason) for reject in report.rejects]


def snapshot():
    """Everything that the tables of structures hold."""
    models = (Structure, StructureSource, StructureMode, StaffMember, Stop, Membership)
    return {model.__name__: sorted(map(repr, model.objects.values_list())) for model in models}


def facts():
    """What the structures say, whatever their primary keys and the moment."""
    return [
        {key: value for key, value in row.items() if key not in VOLATILE} | {"commune": row["commune_id"]}
        for row in Structure.objects.order_by("finess", "name").values()
    ]
