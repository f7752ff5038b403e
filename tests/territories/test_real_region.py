"""The demo region itself: known areas, budgets of the maps, shared borders, and an import run twice."""

import json
from collections import Counter, defaultdict
from pathlib import Path

import pytest
import shapely
from django.conf import settings

from guide.core.enums import ImportOutcome
from guide.territories.enums import Extent
from guide.territories.geometry import SLIVER_KM2, areas_km2
from guide.territories.importers import place_files
from guide.territories.importers.gazetteer import Gazetteer, Origin, plan
from guide.territories.models import Territory
from tests.territories.helpers import import_places, place, snapshot
from tests.territories.test_geometry import decoded

FOLDER = Path(settings.BASE_DIR) / "fixtures" / "centre-val-de-loire" / "territories"
FILES = {
    "communes": FOLDER / "communes.geojson.gz",
    "epci": FOLDER / "epci.json",
    "bassins": FOLDER / "bassins-de-vie-2022.csv",
}


@pytest.fixture(scope="module")
def places():
    gazetteer = Gazetteer("24", origins={"commune": Origin("IGN, INSEE", "2026")})
    gazetteer.communes = [
        place_files.convert_commune(row.values, "24") for row in place_files.read_communes(FILES["communes"])
    ]
    gazetteer.epci_names = dict(place_files.convert_epci(row.values) for row in place_files.read_epci(FILES["epci"]))
    for row in place_files.read_living_areas(FILES["bassins"])[1]:
        commune, code, name = place_files.convert_living_area(row.values)
        gazetteer.living_areas[commune], gazetteer.living_area_names[code] = code, name
    return plan(gazetteer)


def of_kind(places, kind):
    return [place for place in places.values() if place.key[0] == kind]


# IGN's areas of departments (land and water, on the map) are those of the contours.
@pytest.mark.parametrize(
    ("code", "km2"), [("18", 7310), ("28", 5933), ("36", 6898), ("37", 6160), ("41", 6419), ("45", 6811)]
)
def test_area_of_a_department_is_that_of_ign(places, code, km2):
    assert places["department", code].outline.area_km2 == pytest.approx(km2, rel=0.001)


# INSEE's areas are those of the land register, which leaves out lakes and rivers: 1.6 % less in Indre (Brenne).
@pytest.mark.parametrize(("code", "km2"), [("36", 6791), ("45", 6775)])
def test_area_of_a_department_is_near_that_of_the_land_register(places, code, km2):
    assert places["department", code].outline.area_km2 == pytest.approx(km2, rel=0.02)


def test_areas_of_communes_add_up_to_their_department(places):
    for department in of_kind(places, "department"):
        inside = [commune for commune in of_kind(places, "commune") if department.key in commune.outers]
        total = sum(commune.outline.area_km2 for commune in inside)
        assert total == pytest.approx(department.outline.area_km2, rel=0.0001)
        assert sum(commune.population for commune in inside) == department.population


def test_paths_fit_the_budgets_of_the_maps(places):
    assert sum(len(place.outline.path_coarse) for place in of_kind(places, "department")) < 8_000
    assert sum(len(place.outline.path_coarse) for place in of_kind(places, "commune")) < 150_000
    fine = sorted(len(place.outline.path_fine) for place in of_kind(places, "commune"))
    assert fine[int(len(fine) * 0.95)] < 400


def test_every_place_has_every_shape(places):
    for one in places.values():
        if one.outline:
            assert one.outline.path_coarse.startswith("M")
            assert one.outline.path_fine.startswith("M")
            assert json.loads(one.outline.simplified)["type"] in ("Polygon", "MultiPolygon")


def test_dissolved_places_have_no_sliver(places):
    for one in places.values():
        if one.outline and one.key[0] != "commune":
            polygons = shapely.get_parts(shapely.from_geojson(one.outline.full))
            rings = [shapely.polygons(ring) for polygon in polygons for ring in polygon.interiors]
            assert not rings or min(areas_km2(rings)) > SLIVER_KM2 * 0.99
    assert not places["region", "24"].outline.shape.interiors


def test_simplified_communes_still_share_their_borders(places):
    shapes = [shapely.from_geojson(commune.outline.simplified) for commune in of_kind(places, "commune")]
    assert shapely.coverage_is_valid(shapes)


def test_departments_are_drawn_with_the_very_borders_of_their_communes(places):
    edges = defaultdict(Counter)
    for kind in ("commune", "department"):
        for one in of_kind(places, kind):
            for ring in decoded(one.outline.path_coarse):
                for pair in zip(ring, [*ring[1:], ring[0]], strict=True):
                    edges[kind][frozenset(pair)] += 1
    # An inner border between two communes is drawn twice, once from each side; the outline of a department
    # is made of edges of communes.
    outlines = set(edges["department"])
    assert len(outlines & set(edges["commune"])) / len(outlines) > 0.999
    assert sum(count == 2 for count in edges["commune"].values()) > 0.9 * len(edges["commune"])


def test_extents_of_the_real_region(places):
    extents = Counter(place.extent for place in of_kind(places, "living_area"))
    assert extents == {Extent.WHOLE: 61, Extent.UNKNOWN: 34, Extent.PARTIAL: 22}
    assert places["epci", "200006971"].slug == "cc-du-perche"
    assert places["commune", "36046"].slug == "la-chatre-36046"
    assert places["living_area", "03185"].slug == "bassin-de-vie-montlucon"


@pytest.mark.django_db
def test_real_import_twice_changes_nothing_the_second_time():
    run, report = import_places(FILES)
    assert run.outcome == ImportOutcome.APPLIED
    assert report.created == 1961
    assert not report.rejects
    before = snapshot()
    _, report = import_places(FILES)
    assert (report.created, report.updated, report.missing) == (0, 0, [])
    assert snapshot() == before
    indre = place("department", "36")
    assert Territory.objects.within(indre).filter(kind="commune").count() == 241
