import pytest

from guide.core import content_version
from tests.factories import PostalCodeFactory, TerritoryFactory

ADDRESS = "/territoires/recherche.json"
pytestmark = pytest.mark.django_db


def names(client, text):
    return [place["name"] for place in client.get(ADDRESS, {"q": text}).json()["places"]]


@pytest.fixture
def chatre(indre):
    commune = TerritoryFactory(
        name="La Châtre", code="36046", latitude=46.582, longitude=1.987, bbox=[1.9, 46.5, 2.1, 46.6], inside=[indre]
    )
    PostalCodeFactory(code="36400", commune=commune)
    return commune


def test_place_comes_with_all_that_the_map_needs(client, chatre):
    assert client.get(ADDRESS, {"q": "la cha"}).json() == {
        "places": [
            {
                "name": "La Châtre",
                "code": "36046",
                "slug": chatre.slug,
                "lat": 46.582,
                "lon": 1.987,
                "bbox": [1.9, 46.5, 2.1, 46.6],
                "department": "Indre",
                "postal_codes": ["36400"],
            }
        ]
    }


@pytest.mark.parametrize(
    "text", ["La Châtre", "la chatre", "LA CHÂ", "châtre", "chat", "36400", "364", " la  châtre "]
)
def test_commune_is_found_by_the_beginning_of_its_name_or_postal_code(client, chatre, text):
    assert names(client, text) == ["La Châtre"]


@pytest.mark.parametrize("text", ["", "c", "é", "  ", "'", "3", "âtre", "6400", "zz", "%", "__", "\x00\x00"])
def test_too_short_or_not_a_beginning_finds_nothing(client, chatre, text):
    assert names(client, text) == []


@pytest.mark.parametrize(
    ("text", "found"), [("st flo", "Saint-Florent"), ("ste sé", "Sainte-Sévère"), ("st", "Saint-Florent")]
)
def test_short_forms_of_saint_are_understood(client, text, found):
    TerritoryFactory(name="Saint-Florent")
    TerritoryFactory(name="Sainte-Sévère")
    assert found in names(client, text)


def test_exact_name_comes_first_then_the_most_populated(client):
    TerritoryFactory(name="Bourges-sur-Cher", population=90_000)
    TerritoryFactory(name="Bourges-le-Petit", population=None)
    TerritoryFactory(name="Bourges", population=100)
    assert names(client, "bourges") == ["Bourges", "Bourges-sur-Cher", "Bourges-le-Petit"]


def test_only_live_communes_with_a_position_are_offered(client, indre):
    TerritoryFactory(name="Indrois", missing_since="2026-01-01")
    TerritoryFactory(name="Indron", latitude=None, longitude=None)
    assert names(client, "indr") == []


def test_at_most_eight_places_whatever_is_asked(client):
    for _ in range(12):
        TerritoryFactory(name="Villeneuve")
    assert len(names(client, "ville")) == 8
    assert client.get(ADDRESS, {"q": "v" * 9000}).json() == {"places": []}


def test_queries_are_the_same_for_one_and_for_many(client, django_assert_num_queries, indre):
    first = TerritoryFactory(name="Azay", inside=[indre])
    PostalCodeFactory(commune=first)
    with django_assert_num_queries(4):
        client.get(ADDRESS, {"q": "aza"})
    for _ in range(7):
        PostalCodeFactory(commune=TerritoryFactory(name="Azay", inside=[indre]))
    with django_assert_num_queries(4):
        client.get(ADDRESS, {"q": "aza"})


def test_unchanged_suggestions_answer_304_after_one_query(client, chatre, django_assert_num_queries):
    content_version.bump()
    etag = client.get(ADDRESS, {"q": "la"})["ETag"]
    with django_assert_num_queries(1):
        assert client.get(ADDRESS, {"q": "la"}, headers={"If-None-Match": etag}).status_code == 304


def test_suggestions_set_no_cookie_and_are_public(client):
    response = client.get(ADDRESS, {"q": "la"})
    assert not response.cookies
    assert "public" in response["Cache-Control"]


def test_writing_is_refused(client):
    assert client.post(ADDRESS).status_code == 405
