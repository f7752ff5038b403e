import csv
import gzip
import io
import json
import random

import pytest

from guide.core.exports import harmless
from structures import map_data
from structures.models import Structure
from tests.factories import StructureFactory, TerritoryFactory

pytestmark = pytest.mark.django_db
ADDRESSES = ["/structures.geojson", "/structures.csv", "/carte/points.json"]


def positions(data: dict) -> list[tuple[float, float]]:
    lon = lat = 0
    found = []
    for step_lon, step_lat in zip(data["lon"], data["lat"], strict=True):
        lon, lat = lon + step_lon, lat + step_lat
        found.append((lon / 1e5, lat / 1e5))
    return found


def csv_rows(client, address="/structures.csv") -> list[dict]:
    content = client.get(address).getvalue()
    assert content.startswith(b"\xef\xbb\xbf")
    return list(csv.DictReader(io.StringIO(content.decode("utf-8-sig")), delimiter=";"))


def test_geojson_of_a_search(client, la_chatre):
    StructureFactory(name="MSP É", slug="msp-e", commune=la_chatre, latitude=46.5812345, longitude=1.98)
    StructureFactory(kind="cpts", commune=la_chatre)
    StructureFactory(commune=la_chatre, latitude=None, longitude=None, coordinate_source="")
    response = client.get("/structures.geojson?type=msp")
    data = json.loads(response.getvalue())
    assert response["Content-Type"] == "application/geo+json"
    assert data["type"] == "FeatureCollection"
    assert data["features"] == [
        {
            "type": "Feature",
            "geometry": {"type": "Point", "coordinates": [1.98, 46.58123]},
            "properties": {
                "name": "MSP É",
                "kind": "msp",
                "kind_label": "MSP",
                "commune": "La Châtre",
                "url": "/structures/msp-e/",
                "approximate": True,
            },
        }
    ]


def test_csv_of_a_search(client, la_chatre):
    StructureFactory(name="MSP; « É »", commune=la_chatre, recruiting=True, welcomes_interns=False)
    StructureFactory(kind="cpts", commune=la_chatre)
    [row] = csv_rows(client, "/structures.csv?type=msp")
    assert (row["nom"], row["departement"], row["code_commune"]) == ("MSP; « É »", "Indre", "36046")
    assert (row["recrute_medecins"], row["accueille_internes"], row["source"]) == ("oui", "non", "Essai")
    assert row["page"].startswith("http://127.0.0.1:8000/structures/")


@pytest.mark.parametrize("name", ["=1+1", "+33", "-2", "@SUM(A1)", "\tx", "\rx"])
def test_csv_makes_formulas_harmless(client, la_chatre, name):
    StructureFactory(name=name, slug="x", commune=la_chatre, longitude=-1.5)
    [row] = csv_rows(client)
    assert row["nom"] == f"'{name}"
    assert row["longitude"] == "-1.5"


def test_harmless_leaves_plain_text():
    assert harmless("MSP de l'Indre") == "MSP de l'Indre"


def test_csv_says_its_values_in_french(client, la_chatre):
    StructureFactory(commune=la_chatre, confidence="high", kind="msp")
    [row] = csv_rows(client)
    assert (row["confiance"], row["type"]) == ("haute", "maison de santé pluriprofessionnelle (MSP)")


@pytest.mark.parametrize("address", ["/structures.geojson", "/structures.csv"])
def test_open_data_names_its_licence(client, address):
    assert 'rel="license"' in client.get(address)["Link"]


def test_points_decode_to_the_positions(client, la_chatre):
    StructureFactory(commune=la_chatre, latitude=46.5, longitude=1.5)
    StructureFactory(commune=la_chatre, latitude=46.5, longitude=1.5, kind="cpts")
    StructureFactory(commune=la_chatre, latitude=47.5, longitude=-0.5)
    data = client.get("/carte/points.json").json()
    kinds = [data["k"][index] for index in data["t"]]
    assert sorted(zip(positions(data), kinds, strict=True)) == [
        ((-0.5, 47.5), "msp"),
        ((1.5, 46.5), "cpts"),
        ((1.5, 46.5), "msp"),
    ]


def test_points_weigh_at_most_eight_bytes_each(client, la_chatre):
    chance = random.Random(36)
    drafts = [
        StructureFactory.build(
            commune=la_chatre,
            slug=f"s-{number}",
            kind=chance.choice(["msp", "cpts", "hopital", "laboratoire"]),
            latitude=chance.uniform(46.4, 48.9),
            longitude=chance.uniform(0.1, 3.1),
        )
        for number in range(1000)
    ]
    Structure.objects.bulk_create(drafts)
    assert len(gzip.compress(client.get("/carte/points.json").content)) <= 8000


def test_above_the_limit_the_map_gets_clusters_that_count_everything(client, la_chatre, monkeypatch):
    monkeypatch.setattr(map_data, "LIMIT", 5)
    monkeypatch.setattr(map_data, "BOX_LIMIT", 2)
    far = TerritoryFactory(latitude=47.9, longitude=1.9)
    StructureFactory.create_batch(4, commune=la_chatre)
    StructureFactory.create_batch(2, commune=far)
    data = client.get("/carte/points.json").json()
    assert sorted(zip(positions(data), data["n"], strict=True)) == [((1.9, 47.9), 2), ((1.98, 46.58), 4)]
    assert data["t"] == []
    assert "n" in client.get("/carte/points.json?bbox=1,46,2,47").json()
    assert "n" not in client.get("/carte/points.json?bbox=1,47,2,48").json()


def test_merging_nothing_gives_nothing():
    assert map_data.merged([]) == []


@pytest.mark.parametrize("address", ADDRESSES)
def test_data_addresses_follow_the_filters_of_the_list(client, la_chatre, address):
    StructureFactory(name="Dedans", commune=la_chatre)
    StructureFactory(name="Dehors", kind="cpts", commune=la_chatre)
    narrow = client.get(f"{address}?type=msp&departement=36&lieu=la+chatre").getvalue()
    assert b"cpts" not in narrow
    assert b"Dehors" not in narrow


@pytest.mark.parametrize("address", ADDRESSES)
def test_data_is_public_conditional_and_without_cookie(client, la_chatre, address, django_assert_num_queries):
    StructureFactory(commune=la_chatre)
    response = client.get(address)
    assert not response.cookies
    assert "public" in response["Cache-Control"]
    with django_assert_num_queries(1):
        again = client.get(address, headers={"If-None-Match": response["ETag"]})
    assert again.status_code == 304


@pytest.mark.parametrize("address", ADDRESSES)
def test_queries_do_not_grow(client, la_chatre, address, django_assert_max_num_queries):
    StructureFactory.create_batch(50, commune=la_chatre)
    with django_assert_max_num_queries(6):
        client.get(address).getvalue()
