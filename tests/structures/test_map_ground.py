import gzip
import json
import math

import pytest

from guide.core import content_version
from guide.territories.enums import TerritoryKind
from tests.factories import ContourFactory, DepartmentFactory, RegionFactory, TerritoryFactory

GROUND = "/carte/fond.json"
COMMUNES = "/carte/communes.json"
pytestmark = pytest.mark.django_db


@pytest.fixture
def region():
    region = RegionFactory(latitude=47.5, longitude=1.7)
    ContourFactory(territory=region)
    return region


@pytest.fixture
def indre(region):
    department = DepartmentFactory(code="36", name="Indre", bbox=[0.9, 46.3, 2.2, 47.3], inside=[region])
    ContourFactory(territory=department)
    return department


def commune(name, department, **kwargs):
    made = TerritoryFactory(name=name, inside=[department], **kwargs)
    ContourFactory(territory=made)
    return made


def test_ground_holds_region_departments_and_towns(client, indre):
    commune("Issoudun", indre, population=11_000, latitude=46.948, longitude=1.993)
    commune("La Châtre", indre, population=4_000, latitude=46.582, longitude=1.987)
    ground = client.get(GROUND).json()
    assert ground["departments"] == {"c": ["36"], "n": ["Indre"], "b": [[0.9, 46.3, 2.2, 47.3]]}
    assert ground["towns"] == {
        "n": ["Issoudun", "La Châtre"],
        "p": [11_000, 4_000],
        "lon": [1993, -6],
        "lat": [46948, -366],
    }
    assert ground["box"] == [0.7, 46.3, 2.7, 48.5]
    square = [[[1000, 46000, 500, 0, 0, 500, -500, 0]]]
    assert ground["shapes"] == {"department": [square], "region": [square]}


def test_another_region_of_the_database_is_not_drawn(client, indre):
    ContourFactory(territory=RegionFactory(code="75", name="Nouvelle-Aquitaine"))
    assert len(client.get(GROUND).json()["shapes"]["region"]) == 1


def test_ground_of_an_empty_database_is_empty(client):
    ground = client.get(GROUND).json()
    assert ground["box"] is None
    assert ground["shapes"] == {}
    assert ground["departments"]["c"] == ground["towns"]["n"] == []


def test_communes_of_a_department_are_drawn_finer(client, indre):
    commune("La Châtre", indre, code="36046")
    commune("Bourges", DepartmentFactory(code="18"))
    near = client.get(COMMUNES, {"departement": "36"}).json()
    assert near["s"] == 5_000
    assert near["shapes"] == {"commune": [[[[5000, 230000, 2500, 0, 0, 2500, -2500, 0]]]]}
    assert near["departments"]["c"] == []
    assert near["towns"]["n"] == ["La Châtre"]


@pytest.mark.parametrize("query", ["", "?departement=", "?departement=%00", f"?departement={'9' * 300}"])
def test_unreadable_department_is_a_message(client, indre, query):
    response = client.get(COMMUNES + query)
    assert response.status_code == 400
    assert "département" in response.json()["erreur"]


def test_unknown_department_is_not_found(client, indre):
    assert client.get(COMMUNES, {"departement": "75"}).status_code == 404


def test_region_is_no_department(client, region):
    assert client.get(COMMUNES, {"departement": region.code}).status_code == 404


@pytest.mark.parametrize("address", [GROUND, f"{COMMUNES}?departement=36"])
def test_unchanged_ground_answers_304_after_one_query(client, indre, django_assert_num_queries, address):
    content_version.bump()
    etag = client.get(address)["ETag"]
    with django_assert_num_queries(1):
        assert client.get(address, headers={"If-None-Match": etag}).status_code == 304
    content_version.bump()
    assert client.get(address, headers={"If-None-Match": etag}).status_code == 200


def test_change_of_content_changes_the_ground(client, indre):
    client.get(GROUND)
    commune("Issoudun", indre)
    content_version.bump()
    assert client.get(GROUND).json()["towns"]["n"] == ["Issoudun"]


def test_ground_queries_do_not_grow(client, indre, django_assert_max_num_queries):
    for n in range(50):
        commune(f"Commune {n}", indre)
    with django_assert_max_num_queries(4):
        client.get(GROUND)
    with django_assert_max_num_queries(5):
        client.get(COMMUNES, {"departement": "36"})


def test_contour_of_a_region_as_detailed_as_the_real_one_stays_light(client, indre):
    """Six departments of 700 vertices and 250 towns: more than the real region holds at this scale."""
    for n in range(6):
        turn = [(1 + 0.6 * math.cos(t / 700 * math.tau), 46 + n + 0.4 * math.sin(t * t)) for t in range(700)]
        territory = DepartmentFactory(code=f"9{n}", inside=[indre])
        ContourFactory(
            territory=territory, simplified=json.dumps({"type": "Polygon", "coordinates": [[*turn, turn[0]]]})
        )
    for n in range(250):
        TerritoryFactory(name=f"Saint-Martin-{n}", population=n, latitude=46 + n / 100, longitude=1 + n / 300)
    body = client.get(GROUND).content
    assert len(gzip.compress(body)) < 40_000
    assert len(json.loads(body)["towns"]["n"]) == 220


def test_kinds_other_than_region_and_department_are_left_out(client, indre):
    ContourFactory(territory=TerritoryFactory(kind=TerritoryKind.EPCI))
    assert set(client.get(GROUND).json()["shapes"]) == {"department", "region"}
