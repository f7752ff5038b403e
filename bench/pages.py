"""The pages that are measured, taken from the demo database."""

from bench.load import Target
from guide.territories.enums import TerritoryKind
from guide.territories.models import Territory
from structures.enums import Kind
from structures.models import Structure


def pages() -> list[Target]:
    """Home, lists, sheets and data of the demo region."""
    live = Structure.objects.live().order_by("pk")
    hospital = live.filter(kind=Kind.HOSPITAL).values_list("slug", flat=True).first()
    commune, department = _slug(TerritoryKind.COMMUNE, "36046"), _slug(TerritoryKind.DEPARTMENT, "36")
    return [
        Target("home", "/"),
        Target("list of 30 structures", "/structures/"),
        Target("list, filtered", "/structures/?departement=36&type=msp"),
        Target("sheet of a structure", f"/structures/{hospital}/"),
        Target("map page", "/carte/"),
        Target("territories", "/territoires/"),
        Target("a department", f"/territoires/{department}/"),
        Target("a commune (La Châtre)", f"/territoires/{commune}/"),
        Target("comparison of places", f"/territoires/comparer/?t={commune}&t={department}"),
        Target("aids", "/aides/"),
        Target("simulator", "/aides/simulateur/"),
    ]


def data() -> list[Target]:
    """The addresses that hand out data."""
    return [
        Target("map points", "/carte/points.json"),
        Target("map ground", "/carte/fond.json"),
        Target("open data, GeoJSON", "/structures.geojson"),
        Target("open data, CSV", "/structures.csv"),
    ]


def _slug(kind: TerritoryKind, code: str) -> str:
    return Territory.objects.values_list("slug", flat=True).get(kind=kind, code=code)
