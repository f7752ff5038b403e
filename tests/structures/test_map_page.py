import re

import pytest

from guide.core import content_version
from structures import map_page
from structures.enums import Kind
from tests.factories import ContourFactory, DepartmentFactory, RegionFactory, StructureFactory, TerritoryFactory
from tests.markup import inline_code, parsed
from tests.new_process import MOST_QUERIES, count_queries

pytestmark = pytest.mark.django_db


@pytest.fixture
def indre():
    region = RegionFactory()
    department = DepartmentFactory(
        code="36", name="Indre", bbox=[0.9, 46.3, 2.2, 47.3], latitude=46.8, longitude=1.6, inside=[region]
    )
    ContourFactory(territory=department)
    return department


def structure(department, **kwargs):
    commune = TerritoryFactory(parent=department, inside=[department])
    return StructureFactory(commune=commune, **kwargs)


def html(client, query=""):
    response = client.get(f"/carte/{query}")
    assert response.status_code == 200
    return parsed(response)


def test_page_lists_draws_and_explains(client, indre):
    structure(indre, name="MSP du Centre", latitude=46.61234, longitude=1.98765)
    page = html(client)
    assert "MSP du Centre" in page
    assert page.one('[data-lat="46.61234"][data-lon="1.98765"]').one("h3").text == "MSP du Centre"
    assert page.all(".map__dot--msp")
    assert "Indre" in page.texts("svg text")
    for kind in Kind:
        drawn = page.one(f'[data-kind="{kind}"]').one("use")["href"]
        assert drawn.endswith(f"pictos.svg#{kind}")


def test_fragment_is_that_of_the_list(client, indre):
    structure(indre, name="MSP du Centre")
    fragment = client.get("/carte/", headers={"HX-Request": "true"})
    assert not parsed(fragment).is_whole()
    assert "MSP du Centre" in parsed(fragment).text
    assert fragment["HX-Push-Url"] == "/carte/"
    assert "HX-Request" in fragment["Vary"]


def test_filters_narrow_list_and_drawing(client, indre):
    structure(indre, name="MSP du Centre")
    structure(indre, name="Labo du Centre", kind=Kind.LABORATORY)
    page = html(client, "?type=laboratoire")
    assert "Labo du Centre" in page
    assert page.all(".map__dot--laboratoire")
    assert "MSP du Centre" not in page
    assert page.all(".map__dot--msp") == []


def test_place_search_keeps_the_filters_that_are_no_place(client, indre):
    page = html(client, "?type=msp&departement=36&q=centre&bbox=1,46,2,47")
    assert page.one("form.place-search").sent() == [("type", "msp"), ("q", "centre")]


def test_typed_place_leads_to_the_address_that_names_it(client, indre):
    commune = TerritoryFactory(name="La Châtre", code="36046", parent=indre, inside=[indre])
    StructureFactory(commune=commune)
    response = client.get("/carte/?lieu=la+chatre&type=msp")
    assert response.status_code == 302
    assert response["Location"] == "/carte/?type=msp&commune=36046"


@pytest.mark.parametrize(
    "query",
    [
        "?type=chateau",
        "?departement=99",
        "?bbox=2,47,1,46",
        "?bbox=a",
        "?lieu=zzz",
        "?page=0",
        "?page=999999999999",
        "?couleur=bleu",
        "?q=%00",
        f"?q={'x' * 10_000}",
    ],
)
def test_bad_input_is_a_message_without_list_nor_dots(client, indre, query):
    structure(indre, name="MSP du Centre")
    page = html(client, query)
    assert page.all('[role="alert"]')
    assert "MSP du Centre" not in page
    assert page.all(".map__dot--msp") == []


def test_more_dots_than_an_eye_can_tell_apart_are_not_drawn(client, indre, monkeypatch):
    monkeypatch.setattr(map_page, "MAX_DOTS", 2)
    for n in range(3):
        structure(indre, latitude=46.5 + n / 100, longitude=1.9)
    page = html(client)
    assert page.all(".map__dot--msp") == []
    assert map_page.TOO_MANY in page


def test_empty_database_still_gives_a_page(client):
    assert "Carte des structures de soins" in html(client)


@pytest.mark.parametrize("query", ["", "?type=msp", "?type=msp&departement=36&tri=commune", "?commune=36046&rayon=50"])
def test_queries_are_within_budget_and_do_not_grow(client, indre, query):
    chatre = TerritoryFactory(name="La Châtre", code="36046", parent=indre, inside=[indre])
    StructureFactory(commune=chatre)
    html(client, query)
    few = count_queries(lambda: html(client, query))
    for _ in range(49):
        structure(indre)
    content_version.bump()
    html(client, query)
    assert count_queries(lambda: html(client, query)) == few <= MOST_QUERIES


def test_unchanged_page_answers_304_after_one_query(client, indre, django_assert_num_queries):
    content_version.bump()
    etag = client.get("/carte/")["ETag"]
    with django_assert_num_queries(1):
        assert client.get("/carte/", headers={"If-None-Match": etag}).status_code == 304


def test_page_sets_no_cookie_and_has_no_inline_code(client, indre):
    structure(indre)
    response = client.get("/carte/")
    assert not response.cookies
    assert "public" in response["Cache-Control"]
    page = parsed(response)
    assert inline_code(page) == []
    assert "javascript:" not in response.content.decode()
    addresses = [*page.values("[src]", "src"), *page.values("[href]", "href")]
    assert addresses
    assert [one for one in addresses if re.match(r"https?://(?!127\.0\.0\.1|localhost)", one)] == []


def test_tiles_are_used_only_when_a_setting_names_them(client, indre, settings):
    assert html(client).one("[data-tiles]")["data-tiles"] == ""
    settings.TILE_URL = "https://tiles.example/{z}/{x}/{y}.png"
    assert html(client).one("[data-tiles]")["data-tiles"] == settings.TILE_URL


def test_an_endless_address_gives_the_map_with_a_message(client, la_chatre):
    response = client.get("/carte/", QUERY_STRING="&" * 3000)
    assert response.status_code == 200
    assert "trop longue" in response.content.decode()
