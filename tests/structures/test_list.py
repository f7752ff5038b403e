import json

import html5lib
import pytest

from guide.core import content_version
from structures.listing import distance
from structures.models import StaffMember
from tests.factories import StructureFactory, TerritoryFactory
from tests.markup import Part, inline_code, parsed
from tests.new_process import MOST_QUERIES, count_queries

pytestmark = pytest.mark.django_db
EVERYTHING = "/structures/?lieu=la+chatre&rayon=100&departement=36&type=msp&mode=liberal&q=m&bbox=1,46,3,48"


def page(client, address="/structures/", **headers) -> Part:
    response = client.get(address, headers=headers)
    assert response.status_code == 200
    return parsed(response)


def titles(html: Part) -> list[str]:
    return html.texts(".row__title a")


def counts(html: Part) -> dict[str, str]:
    """Numbers of the facets, by the value of each."""
    return {count["id"].removeprefix("n-"): count.text for count in html.all('[id^="n-"]')}


def test_page_lists_structures_with_their_place_and_source_date(client, la_chatre):
    StructureFactory(name="MSP du Lion", commune=la_chatre, recruiting=True, welcomes_interns=True)
    html = page(client)
    assert titles(html) == ["MSP du Lion"]
    row = html.one("li.row")
    assert row.one(".row__meta").text == "MSP · La Châtre (Indre)"
    assert {"Recrute", "Accueille des internes", "Position approximative"} <= set(row.texts(".badge"))
    assert "Source : 2026" in row.plain
    assert html.one('link[rel="canonical"]')["href"] == "http://127.0.0.1:8000/structures/"


def test_unknown_source_date_is_said(client, la_chatre):
    StructureFactory(commune=la_chatre, source_date="")
    assert "Date de la source non renseignée" in page(client)


def test_names_are_escaped(client, la_chatre):
    StructureFactory(name="<script>alert(1)</script>", slug="x", commune=la_chatre)
    html = page(client)
    assert titles(html) == ["<script>alert(1)</script>"]
    assert inline_code(html) == []


def test_count_is_announced_and_search_described(client, la_chatre):
    StructureFactory.create_batch(2, commune=la_chatre)
    StructureFactory(kind="cpts", commune=la_chatre)
    html = page(client, "/structures/?type=msp&departement=36")
    assert html.one('[role="status"]').text == "2\xa0résultats\xa0: MSP dans l'Indre"


def test_counts_of_a_facet_ignore_that_facet_and_respect_the_others(client, la_chatre):
    elsewhere = TerritoryFactory(parent=TerritoryFactory(kind="department", code="18", name="Cher"))
    StructureFactory.create_batch(2, commune=la_chatre)
    StructureFactory(kind="cpts", commune=la_chatre)
    StructureFactory(commune=elsewhere)
    html = page(client, "/structures/?type=msp&departement=36")
    shown = counts(html)
    assert (shown["msp"], shown["cpts"], shown["36"], shown["18"]) == ("2", "1", "2", "1")


@pytest.mark.parametrize("choice", ["type=msp", "departement=36", "mode=liberal", "recrute=1", "stage=1"])
def test_panel_keeps_the_choices(client, la_chatre, choice):
    name, value = choice.split("=")
    html = page(client, f"/structures/?{choice}")
    assert html.one(f'input[name="{name}"][value="{value}"][checked]')


def test_panel_keeps_what_it_does_not_show(client, la_chatre):
    html = page(client, f"/structures/?territoire={la_chatre.slug}&bbox=1,46,3,48&tri=commune")
    assert {("territoire", la_chatre.slug), ("bbox", "1,46,3,48"), ("tri", "commune")} <= set(html.sent())


def test_links_carry_the_search(client, la_chatre):
    StructureFactory.create_batch(31, commune=la_chatre, welcomes_interns=True)
    html = page(client, "/structures/?type=msp&stage=1&tri=commune")
    for address in [
        "/carte/?type=msp&stage=1&tri=commune",
        "/structures.csv?type=msp&stage=1",
        "/structures.geojson?type=msp&stage=1",
        "/structures/?type=msp&stage=1&tri=commune&page=2",
    ]:
        assert address in html.links()


def test_pages_hold_thirty_rows_without_gap_or_repeat(client, la_chatre):
    for number in range(65):
        StructureFactory(commune=la_chatre, name="Même nom", slug=f"s-{number}")
    seen = [page(client, f"/structures/?page={n}").links(".row__title a") for n in (1, 2, 3)]
    assert [len(rows) for rows in seen] == [30, 30, 5]
    assert len({href for rows in seen for href in rows}) == 65


@pytest.mark.parametrize(
    ("km", "approximate", "words"),
    [
        (0.02, False, "à moins de 100\xa0m"),
        (3.44, False, "à 3,4\xa0km"),
        (25.4, False, "à 25\xa0km"),
        (0.0, True, "dans la commune"),
        (0.4, True, "à environ 1\xa0km"),
        (25.4, True, "à environ 25\xa0km"),
    ],
)
def test_distance_is_no_more_precise_than_the_position(km, approximate, words):
    assert distance(km, approximate=approximate) == words


def test_without_result_the_page_shows_the_way_out(client, la_chatre):
    html = page(client, "/structures/?q=introuvable")
    assert "Aucune structure ne répond à ces filtres." in html
    assert titles(html) == []


def test_ambiguous_place_offers_links(client, indre):
    for code in ("36001", "36002"):
        TerritoryFactory(code=code, name="Saint-Aubin", parent=indre)
    html = page(client, "/structures/?lieu=st+aubin")
    assert html.texts("a").count("Saint-Aubin (Indre)") == 2
    assert html.field("Autour de")["value"] == "st aubin"
    assert titles(html) == []


def test_fragment_and_page_agree(client, la_chatre):
    StructureFactory.create_batch(3, commune=la_chatre)
    whole = page(client, EVERYTHING)
    fragment = page(client, EVERYTHING, hx_request="true")
    assert titles(fragment) == titles(whole) != []
    assert not fragment.is_whole()
    assert counts(fragment) == counts(whole) != {}
    assert fragment.texts('[role="status"]') == whole.texts('[role="status"]') != []


def test_fragment_pushes_the_canonical_address(client, la_chatre):
    response = client.get("/structures/?q=&lieu=&type=msp&rayon=20", headers={"HX-Request": "true"})
    assert response["HX-Push-Url"] == "/structures/?type=msp"
    assert "HX-Request" in response["Vary"]


def test_history_restore_gets_the_whole_page(client, la_chatre):
    html = page(client, "/structures/", hx_request="true", hx_history_restore_request="true")
    assert html.is_whole()


@pytest.mark.parametrize("address", ["/structures/", EVERYTHING])
def test_queries_do_not_grow_with_rows(client, la_chatre, address):
    StructureFactory(commune=la_chatre)
    one = count_queries(lambda: page(client, address))
    StructureFactory.create_batch(49, commune=la_chatre)
    content_version.bump()
    assert count_queries(lambda: page(client, address)) == one <= MOST_QUERIES


def test_specialities_are_offered_and_filter(client, la_chatre):
    structure = StructureFactory(name="Avec", commune=la_chatre)
    StructureFactory(name="Sans", commune=la_chatre)
    StaffMember.objects.create(structure=structure, speciality="medecine-generale", label="Médecine générale")
    html = page(client, "/structures/?specialite=medecine-generale")
    assert titles(html) == ["Avec"]
    assert html.one('input[name="specialite"][value="medecine-generale"][checked]')


def test_headers_of_a_public_page(client, la_chatre, django_assert_num_queries):
    response = client.get("/structures/")
    assert not response.cookies
    assert "public" in response["Cache-Control"]
    assert "unsafe-inline" not in response["Content-Security-Policy"]
    with django_assert_num_queries(1):
        again = client.get("/structures/", headers={"If-None-Match": response["ETag"]})
    assert again.status_code == 304


@pytest.mark.parametrize("address", ["/structures/", EVERYTHING, "/structures/?type=zzz", "/structures/?page=99"])
def test_html_is_valid_and_without_inline_code(client, la_chatre, address):
    StructureFactory.create_batch(31, commune=la_chatre)
    html5lib.HTMLParser(strict=True).parse(client.get(address).content.decode())
    assert inline_code(page(client, address)) == []


def test_htmx_is_told_to_add_no_inline_style_nor_eval(client, la_chatre):
    html = page(client)
    asked = json.loads(html.one('meta[name="htmx-config"]')["content"])
    assert (asked["includeIndicatorStyles"], asked["allowEval"], asked["allowScriptTags"]) == (False, False, False)
    assert any(address.endswith("htmx-2.min.js") for address in html.values("script[defer]", "src"))
