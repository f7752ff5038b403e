"""The table of bassins de vie and EPCI at /territoires/: what it shows, sorts, narrows and hands out."""

import csv

import pytest

from guide.territories.enums import TerritoryKind
from guide.territories.place_list_rows import is_station_of
from tests.factories import IndicatorFactory, TerritoryFactory, TravelTimeFactory
from tests.markup import parsed
from tests.territories.places import Country

pytestmark = pytest.mark.django_db


@pytest.fixture
def country():
    found = Country()
    big = {"kind": TerritoryKind.EPCI, "code": "200000001", "name": "Métropole", "slug": "metropole"}
    metropolis = TerritoryFactory(**big, population=90_000, inside=[found.region, found.department])
    town = TerritoryFactory(
        code="36044", name="Châteauroux", slug="chateauroux-36044", population=40_000, parent=found.department,
        latitude=46.81, longitude=1.69, inside=[found.region, found.department, metropolis],
    )  # fmt: skip
    TravelTimeFactory(commune=town, from_place="Châteauroux", to_place="Paris-Austerlitz", mode="train", minutes=120)
    return found


def names(client, query: str = "") -> list[str]:
    return parsed(client.get(f"/territoires/?{query}")).texts('.places-table th[scope="row"] a')


def test_it_lists_bassins_and_epci_the_most_populated_first(client, country):
    assert names(client)[0] == "Métropole"
    assert set(names(client)) == {"Métropole", "CC de la Châtre", "La Châtre"}
    assert names(client, "inverse=1")[-1] == "Métropole"


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("type=bassin", ["La Châtre"]),
        ("type=epci&tri=nom", ["CC de la Châtre", "Métropole"]),
        ("departement=18", []),
        ("temps=120", ["Métropole"]),
        ("temps=60", []),
        ("km=100", []),
        ("depuis=chateauroux&km=50&type=epci&tri=distance", ["Métropole", "CC de la Châtre"]),
        ("tri=train&type=epci", ["Métropole", "CC de la Châtre"]),
    ],
)
def test_it_is_narrowed_and_sorted_from_where_one_comes(client, country, query, found):
    assert names(client, query) == found


def test_a_figure_of_the_department_is_said_to_be_its_own(client, country):
    density = IndicatorFactory(code="densite_mg_y_compris_mep", unit="pour 100 000 hab.", decimals=1)
    country.figure(country.department, indicator=density, value=51.7)
    cells = parsed(client.get("/territoires/")).texts(".places-table td")
    assert any(cell.startswith("51,7 dans le département, ") for cell in cells)


def test_a_wrong_value_gives_no_list(client, country):
    response = client.get("/territoires/?tri=argent")
    assert response.status_code == 200
    assert "Tri inconnu" in response.content.decode()
    assert names(client, "tri=argent") == []
    assert client.get("/territoires/liste.csv?tri=argent").status_code == 400


def test_the_file_holds_every_row_with_every_town(client, country):
    response = client.get("/territoires/liste.csv?type=epci")
    assert response["Content-Disposition"] == 'attachment; filename="territoires.csv"'
    rows = list(csv.DictReader(response.content.decode("utf-8-sig").splitlines(), delimiter=";"))
    assert [row["territoire"] for row in rows] == ["Métropole", "CC de la Châtre"]
    assert rows[0]["train_minutes_paris"] == "120"
    assert rows[0]["km_chateauroux"] == "0"
    assert rows[1]["train_minutes_paris"] == ""


@pytest.mark.parametrize(("station", "is_one"), [("Tours", True), ("Tours-Nord", True), ("Tourcoing", False)])
def test_a_station_is_that_of_its_town(station, is_one):
    assert is_station_of(station, "Tours") is is_one
