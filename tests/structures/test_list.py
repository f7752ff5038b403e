import json
import re

import html5lib
import pytest

from guide.core import content_version
from structures.listing import distance
from structures.models import StaffMember
from tests.factories import StructureFactory, TerritoryFactory
from tests.markup import tight
from tests.new_process import MOST_QUERIES, count_queries

pytestmark = pytest.mark.django_db
EVERYTHING = "/structures/?lieu=la+chatre&rayon=100&departement=36&type=msp&mode=liberal&q=m&bbox=1,46,3,48"


def page(client, address="/structures/", **headers) -> str:
    response = client.get(address, headers=headers)
    assert response.status_code == 200
    return tight(response.content.decode())


def titles(html: str) -> list[str]:
    return re.findall(r'class="row__title"><a href="[^"]+">([^<]+)<', html)


def test_page_lists_structures_with_their_place_and_source_date(client, la_chatre):
    StructureFactory(name="MSP du Lion", commune=la_chatre, recruiting=True, welcomes_interns=True)
    html = page(client)
    assert titles(html) == ["MSP du Lion"]
    assert "MSP · La Châtre (Indre)" in html
    assert "Recrute</span>" in html
    assert "Accueille des internes</span>" in html
    assert "Position approximative</span>" in html
    assert "Source\u00a0: 2026" in html
    assert '<link rel="canonical" href="http://127.0.0.1:8000/structures/">' in html


def test_unknown_source_date_is_said(client, la_chatre):
    StructureFactory(commune=la_chatre, source_date="")
    assert "Date de la source non renseignée" in page(client)


def test_names_are_escaped(client, la_chatre):
    StructureFactory(name="<script>alert(1)</script>", slug="x", commune=la_chatre)
    html = page(client)
    assert "<script>alert" not in html
    assert "&lt;script&gt;alert(1)" in html


def test_count_is_announced_and_search_described(client, la_chatre):
    StructureFactory.create_batch(2, commune=la_chatre)
    StructureFactory(kind="cpts", commune=la_chatre)
    html = page(client, "/structures/?type=msp&departement=36")
    assert re.search(r'role="status">2\xa0résultats\xa0: MSP dans l&#x27;Indre<', html)


def test_counts_of_a_facet_ignore_that_facet_and_respect_the_others(client, la_chatre):
    elsewhere = TerritoryFactory(parent=TerritoryFactory(kind="department", code="18", name="Cher"))
    StructureFactory.create_batch(2, commune=la_chatre)
    StructureFactory(kind="cpts", commune=la_chatre)
    StructureFactory(commune=elsewhere)
    html = page(client, "/structures/?type=msp&departement=36")
    counts = dict(re.findall(r'id="n-([\w-]+)">(\d+)<', html))
    assert (counts["msp"], counts["cpts"], counts["36"], counts["18"]) == ("2", "1", "2", "1")


@pytest.mark.parametrize("choice", ["type=msp", "departement=36", "mode=liberal", "recrute=1", "stage=1"])
def test_panel_keeps_the_choices(client, la_chatre, choice):
    name, value = choice.split("=")
    html = page(client, f"/structures/?{choice}")
    assert re.search(rf'name="{name}" value="{value}" checked', html)


def test_panel_keeps_what_it_does_not_show(client, la_chatre):
    html = page(client, f"/structures/?territoire={la_chatre.slug}&bbox=1,46,3,48&tri=commune")
    for name, value in [("territoire", la_chatre.slug), ("bbox", "1,46,3,48"), ("tri", "commune")]:
        assert f'<input type="hidden" name="{name}" value="{value}">' in html


def test_links_carry_the_search(client, la_chatre):
    StructureFactory.create_batch(31, commune=la_chatre, welcomes_interns=True)
    html = page(client, "/structures/?type=msp&stage=1&tri=commune")
    for address in [
        "/carte/?type=msp&amp;stage=1&amp;tri=commune",
        "/structures.csv?type=msp&amp;stage=1",
        "/structures.geojson?type=msp&amp;stage=1",
        "/structures/?type=msp&amp;stage=1&amp;tri=commune&amp;page=2",
    ]:
        assert f'href="{address}"' in html


def test_pages_hold_thirty_rows_without_gap_or_repeat(client, la_chatre):
    for number in range(65):
        StructureFactory(commune=la_chatre, name="Même nom", slug=f"s-{number}")
    seen = [
        re.findall(r'class="row__title"><a href="([^"]+)"', page(client, f"/structures/?page={n}")) for n in (1, 2, 3)
    ]
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
    assert html.count(">Saint-Aubin (Indre)</a>") == 2
    assert 'value="st aubin"' in html
    assert titles(html) == []


def test_fragment_and_page_agree(client, la_chatre):
    StructureFactory.create_batch(3, commune=la_chatre)
    whole = page(client, EVERYTHING)
    fragment = page(client, EVERYTHING, hx_request="true")
    assert titles(fragment) == titles(whole) != []
    assert "<html" not in fragment
    assert set(re.findall(r'id="(n-[\w-]+)"[^>]*>(\d+)', fragment)) == set(
        re.findall(r'id="(n-[\w-]+)"[^>]*>(\d+)', whole)
    )
    assert re.findall(r'role="status"[^>]*>([^<]+)', fragment) == re.findall(r'role="status"[^>]*>([^<]+)', whole)


def test_fragment_pushes_the_canonical_address(client, la_chatre):
    response = client.get("/structures/?q=&lieu=&type=msp&rayon=20", headers={"HX-Request": "true"})
    assert response["HX-Push-Url"] == "/structures/?type=msp"
    assert "HX-Request" in response["Vary"]


def test_history_restore_gets_the_whole_page(client, la_chatre):
    html = page(client, "/structures/", hx_request="true", hx_history_restore_request="true")
    assert "</html>" in html


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
    assert 'name="specialite" value="medecine-generale" checked' in html


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
    html = page(client, address)
    html5lib.HTMLParser(strict=True).parse(html)
    assert not re.search(r"\sstyle=|\son\w+=|<style|<script(?![^>]*\ssrc=)", html)


def test_htmx_is_told_to_add_no_inline_style_nor_eval(client, la_chatre):
    html = page(client)
    config = html5lib.parse(html, namespaceHTMLElements=False).find(".//meta[@name='htmx-config']").get("content")
    asked = json.loads(config)
    assert (asked["includeIndicatorStyles"], asked["allowEval"], asked["allowScriptTags"]) == (False, False, False)
    assert 'htmx-2.min.js" defer' in html
