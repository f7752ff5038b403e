"""Territories and imports that several tests share."""

from pathlib import Path

from aids.exchange.golden import GoldenCasesImporter
from aids.exchange.importer import AidsImporter
from guide.core.imports.contract import Delivery
from guide.core.imports.engine import run_import
from guide.territories.enums import TerritoryKind
from tests.factories import DepartmentFactory, RegionFactory, TerritoryFactory

FILES = Path(__file__).parent / "files"
REGION_FILE = Path(__file__).parents[2] / "fixtures/centre-val-de-loire/aids/aids.json"
GOLDEN_FILE = REGION_FILE.with_name("golden.json")


def load(path, *, apply=True, accept_fewer=False):
    """Import an aids file; (run, report)."""
    return run_import(AidsImporter(Delivery({"aids": path}, "Essai")), apply=apply, accept_fewer=accept_fewer)


def centre_val_de_loire():
    """The region, its departments, and the communes and EPCI that its aids name, by code."""
    region = RegionFactory()
    places = {"24": region}
    for code in ("18", "28", "36", "37", "41", "45"):
        places[code] = DepartmentFactory(code=code, inside=[region])
    for code in ("18033", "36044"):
        places[code] = TerritoryFactory(code=code, inside=[region, places[code[:2]]])
    places["200072064"] = TerritoryFactory(kind=TerritoryKind.EPCI, code="200072064", inside=[region])
    return places


def choletais():
    """A commune of the agglomeration of Cholet, in another region."""
    epci = TerritoryFactory(kind=TerritoryKind.EPCI, code="200071678", name="Agglomération du Choletais")
    return TerritoryFactory(code="49099", name="Cholet", inside=[epci])


def load_golden(path=GOLDEN_FILE, *, apply=True):
    """Import a file of golden cases; (run, report)."""
    return run_import(GoldenCasesImporter(Delivery({"golden": path}, "Essai")), apply=apply)


def region_with_golden_cases():
    """The departments, the aids and the golden cases of the region's files."""
    centre_val_de_loire()
    load(REGION_FILE)
    load_golden()
