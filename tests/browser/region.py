"""Two departments with their towns at their true places, and structures that cluster, share a place, fill pages."""

import json

from guide.territories.enums import TerritoryKind
from guide.territories.positions import project
from structures.enums import Kind
from tests.factories import (
    ContourFactory,
    DepartmentFactory,
    PostalCodeFactory,
    RegionFactory,
    StructureFactory,
    TerritoryFactory,
)

INDRE = [0.87, 46.35, 2.2, 47.28]
CHER = [1.77, 46.42, 3.08, 47.63]
TOWNS = (
    # code, name, postal code, latitude, longitude, inhabitants, department
    ("36046", "La Châtre", "36400", 46.582, 1.987, 4_000, "36"),
    ("36044", "Châteauroux", "36000", 46.81, 1.69, 43_000, "36"),
    ("36088", "Issoudun", "36100", 46.948, 1.993, 11_000, "36"),
    ("18033", "Bourges", "18000", 47.083, 2.398, 64_000, "18"),
    ("18279", "Vierzon", "18100", 47.222, 2.068, 25_000, "18"),
)


def make_region() -> None:
    """Region, departments, towns; 3 structures in La Châtre, of which two at the town hall, and 40 around Bourges."""
    region = RegionFactory(bbox=[0.87, 46.35, 3.08, 47.63])
    _contour(region, [0.87, 46.35, 3.08, 47.63])
    departments = {
        code: _department(code, name, box, region)
        for code, name, box in (("36", "Indre", INDRE), ("18", "Cher", CHER))
    }
    towns = {name: _town(departments[code], name, *rest, region=region) for *rest, name, code in map(_reorder, TOWNS)}
    chatre = towns["La Châtre"]
    StructureFactory(name="Maison de santé de La Châtre", kind=Kind.MSP, commune=chatre)
    StructureFactory(name="Laboratoire de La Châtre", kind=Kind.LABORATORY, commune=chatre)
    StructureFactory(name="Hôpital de La Châtre", kind=Kind.HOSPITAL, commune=chatre, latitude=46.59, longitude=2.0)
    for n in range(40):
        spot = {"latitude": 47.083 + n % 8 / 200, "longitude": 2.398 + n // 8 / 200}
        StructureFactory(name=f"Centre de santé {n + 1:02}", kind=Kind.HEALTH_CENTRE, commune=towns["Bourges"], **spot)


def _reorder(town):
    code, name, postal, latitude, longitude, population, department = town
    return code, postal, latitude, longitude, population, name, department


def _department(code, name, box, region):
    department = DepartmentFactory(
        code=code,
        name=name,
        bbox=box,
        latitude=(box[1] + box[3]) / 2,
        longitude=(box[0] + box[2]) / 2,
        inside=[region],
    )
    _contour(department, box)
    return department


def _town(department, name, code, postal, latitude, longitude, population, *, region):
    box = [longitude - 0.05, latitude - 0.04, longitude + 0.05, latitude + 0.04]
    town = TerritoryFactory(
        kind=TerritoryKind.COMMUNE,
        code=code,
        name=name,
        parent=department,
        population=population,
        latitude=latitude,
        longitude=longitude,
        bbox=box,
        inside=[department, region],
    )
    PostalCodeFactory(code=postal, commune=town)
    _contour(town, box)
    return town


def _contour(territory, box):
    west, south, east, north = box
    ring = [[west, south], [east, south], [east, north], [west, north], [west, south]]
    x0, y0, x1, y1 = *project(west, north), *project(east, south)
    shape = json.dumps({"type": "Polygon", "coordinates": [ring]})
    ContourFactory(territory=territory, full=shape, path_fine=f"M{x0} {y0}H{x1}V{y1}H{x0}z")
