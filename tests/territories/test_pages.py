import re

import pytest

from guide.core import content_version
from guide.core.french import NARROW_NBSP, NBSP
from guide.core.models import SlugRedirect
from guide.territories.enums import Extent, Level, Scheme, TerritoryKind
from guide.territories.models import PostalCode
from structures.enums import Kind
from tests.factories import (
    DepartmentFactory,
    IndicatorFactory,
    StructureFactory,
    TerritoryFactory,
    ZoningEditionFactory,
    ZoningFactory,
)
from tests.markup import inline_code, parsed
from tests.new_process import MOST_QUERIES, first_queries
from tests.territories.places import Country, contour

pytestmark = pytest.mark.django_db


@pytest.fixture
def country():
    return Country()


def page(client, territory):
    response = client.get(territory.get_absolute_url())
    assert response.status_code == 200
    return parsed(response)


def breadcrumb(html):
    return html.texts("nav.breadcrumb li")


def figures(html):
    """Values of the tables of figures, in reading order."""
    return html.texts("td strong")


@pytest.mark.parametrize("kind", ["region", "department", "epci", "basin", "commune"])
def test_each_kind_of_place_has_its_page(client, country, kind):
    territory = getattr(country, kind)
    StructureFactory(commune=country.commune, name="MSP de La Châtre", slug="msp-la-chatre")
    html = page(client, territory)
    assert html.one("h1").text == territory.name
    assert f"1{NARROW_NBSP}200{NBSP}habitants" in html
    assert "Source\u00a0: INSEE, 2026." in html
    assert html.all("svg.map")
    assert html.link("MSP de La Châtre") == "/structures/msp-la-chatre/"
    assert f"/structures/?territoire={territory.slug}&type=msp" in html.links()
    assert inline_code(html) == []


def test_a_commune_leads_up_to_all_that_holds_it(client, country):
    html = page(client, country.commune)
    for outer in (country.region, country.department, country.epci, country.basin):
        assert outer.get_absolute_url() in html.links("main a")
    assert "36400" in html


def test_a_department_lists_its_epci_and_its_largest_communes(client, country):
    html = page(client, country.department)
    assert "Communes les plus peuplées" in html
    for place in (country.epci, country.basin, country.commune):
        assert place.get_absolute_url() in html.links("main a")


def test_an_epci_across_the_border_of_a_department_is_linked_both_ways(client, country):
    across = TerritoryFactory(kind=TerritoryKind.EPCI, code="241800001", name="CC Terres", slug="cc-terres")
    TerritoryFactory(name="Reuilly", inside=[country.region, country.department, across])
    assert "/territoires/cc-terres/" in page(client, country.department).links("main a")
    html = page(client, across)
    assert "/territoires/indre/" in html.links("main a")
    assert breadcrumb(html) == ["Accueil", "Territoires", "Indre", "CC Terres"]
    content_version.bump()
    cher = contour(DepartmentFactory(code="18", name="Cher", slug="cher", inside=[country.region]))
    TerritoryFactory(name="Ainay", inside=[cher, across])
    assert breadcrumb(page(client, across)) == ["Accueil", "Territoires", "CC Terres"]


def test_neighbours_are_links_on_the_map_and_in_the_list(client, country):
    other = country.add_commune("36100", "Montgivray", "montgivray-36100")
    country.commune.neighbours.add(other)
    html = page(client, country.commune)
    assert html.links().count("/territoires/montgivray-36100/") == 2
    assert html.links("svg a").count("/territoires/montgivray-36100/") == 1


def test_a_commune_shows_the_nearest_structures_with_their_distance(client, country):
    other = country.add_commune("36100", "Montgivray", "montgivray-36100")
    far = country.add_commune("36044", "Châteauroux", "chateauroux-36044")
    StructureFactory(commune=other, name="Centre voisin", latitude=46.6, longitude=1.98, coordinate_source="site")
    StructureFactory(commune=far, name="Trop loin", latitude=46.9, longitude=1.98, coordinate_source="site")
    html = page(client, country.commune)
    assert "Centre voisin" in html
    assert f"à 2,2{NBSP}km à vol d'oiseau" in html
    assert "Trop loin" not in html
    assert "Aucune structure recensée ici" in html


def test_closed_and_draft_structures_are_not_counted(client, country):
    StructureFactory(commune=country.commune, name="Fermée", closed_on="2020-01-01")
    StructureFactory(commune=country.commune, name="Brouillon", status="draft")
    html = page(client, country.commune)
    assert "Fermée" not in html
    assert "Brouillon" not in html
    assert "Aucune structure recensée ici" in html


def test_zonings_of_a_wider_place_are_counted_by_edition_with_what_is_unknown(client, country):
    country.add_commune("36100", "Montgivray", "montgivray-36100")
    country.add_commune("36101", "Briantes", "briantes-36101")
    full = ZoningEditionFactory(scope=country.region, label="Liste FRR")
    ZoningFactory(edition=full, territory=country.commune, level=Level.FRR)
    facts = ZoningEditionFactory(
        scheme=Scheme.DOCTORS, scope=country.region, exhaustive=False, label="Zonage 2026", valid_from="2020-01-01"
    )
    ZoningFactory(edition=facts, territory=country.commune, level=Level.ZAC)
    html = page(client, country.department)
    counts = html.texts(".zonings li")
    assert f"FRR socle{NBSP}: 1{NBSP}commune" in counts
    assert f"hors zonage{NBSP}: 2{NBSP}communes" in counts
    assert f"zone d'action complémentaire (ZAC){NBSP}: 1{NBSP}commune" in counts
    assert f"non renseigné{NBSP}: 2{NBSP}communes" in counts
    assert html.texts(".zonings li strong").count(f"1{NBSP}commune") == 2
    assert html.texts(".zonings li strong").count(f"2{NBSP}communes") == 2


@pytest.mark.parametrize(
    ("extent", "sentence"),
    [(Extent.PARTIAL, "dépasse la limite de la région"), (Extent.UNKNOWN, "peut dépasser la limite de la région")],
)
def test_a_place_that_crosses_the_border_says_so(client, country, extent, sentence):
    country.epci.extent = extent
    country.epci.save()
    assert sentence in page(client, country.epci)


def test_a_place_without_contour_position_or_population_says_what_is_unknown(client, country):
    bare = TerritoryFactory(
        name="Sans rien", slug="sans-rien", population=None, area_km2=None, latitude=None, longitude=None
    )
    html = page(client, bare)
    assert html.texts("dd").count("non renseigné") == 4  # at the foot: population, area, density, postal codes
    assert "Pas de carte" in html


def pole_of(html) -> str:
    return next(dl.facts()["Commune pôle"] for dl in html.all("dl") if "Commune pôle" in dl.texts("dt"))


def test_the_pole_of_a_bassin_de_vie_is_named_or_said_to_be_outside(client, country):
    html = page(client, country.basin)
    assert pole_of(html) == "La Châtre"
    assert "/territoires/la-chatre-36046/" in html.links("dd a")
    country.basin.code = "03185"
    country.basin.save()
    content_version.bump()
    assert "(hors de la région)" in pole_of(page(client, country.basin))


def test_figures_stand_beside_those_of_wider_places_with_year_and_source(client, country):
    rate = IndicatorFactory(label="Taux de pauvreté", family="economy", decimals=1)
    country.figure(country.commune, indicator=rate, value=17, year=2021, source="Filosofi A", confidence="medium")
    country.figure(country.department, indicator=rate, value=15.2, year=2019, source="Filosofi B")
    country.figure(country.department, indicator=rate, value=15.9, year=2020, source="Filosofi B")
    country.figure(country.france, indicator=rate, value=14.4, year=2020, source="Filosofi C")
    html = page(client, country.commune)
    assert figures(html) == [f"17,0{NBSP}%", f"15,9{NBSP}%", f"14,4{NBSP}%"]
    assert f"15,2{NBSP}%" not in html
    assert "Filosofi A (confiance moyenne)" in html
    assert all(f"Filosofi {letter}" in html for letter in "ABC")
    assert "Centre-Val de Loire" not in html.texts("th")


def test_every_figure_has_a_year_and_a_source(client, country):
    for number in range(12):
        country.figure(country.commune, value=number, source=f"Source {number % 3}")
    html = page(client, country.commune)
    shown = html.texts("td")
    assert len(shown) == 12
    assert all(re.match(rf"\d+{NBSP}?\S* \d{{4}}, source", text) for text in shown), shown
    assert set(html.links("td .note a")) == {"#source-1", "#source-2", "#source-3"}
    assert len(html.links("td .note a")) == 12
    assert html.values(".figure-sources li", "id") == ["source-1", "source-2", "source-3"]


def test_counts_of_doctors_of_two_sources_are_never_side_by_side(client, country):
    doctors = IndicatorFactory(label="Généralistes", family="care", unit="médecins")
    country.figure(country.commune, indicator=doctors, value=7, source="RPPS")
    country.figure(country.department, indicator=doctors, value=151, source="Ameli")
    country.figure(country.region, indicator=doctors, value=1900, source="RPPS")
    html = page(client, country.commune)
    assert "en médecins" in html
    assert figures(html) == ["7", f"1{NARROW_NBSP}900"]


def test_a_column_with_a_gap_says_so(client, country):
    first, second = IndicatorFactory(family="economy"), IndicatorFactory(family="economy")
    country.figure(country.commune, indicator=first)
    country.figure(country.commune, indicator=second)
    country.figure(country.region, indicator=second)
    html = page(client, country.commune)
    assert html.texts('td[data-label="Centre-Val de Loire"] .note').count("non renseigné") == 1


def test_earlier_years_of_doctors_of_another_source_are_left_out(client, country):
    doctors = IndicatorFactory(family="care", unit="")
    country.figure(country.commune, indicator=doctors, year=2025, value=21, source="RPPS")
    country.figure(country.commune, indicator=doctors, year=2024, value=22, source="Ameli")
    country.figure(country.commune, indicator=doctors, year=2023, value=23, source="RPPS")
    html = page(client, country.commune)
    assert figures(html) == ["21", "23"]


def test_a_masked_figure_is_said_to_be_masked(client, country):
    country.figure(country.commune, value=None, masked=True)
    assert "masqué (moins de 5)" in page(client, country.commune)


def test_figures_of_the_pole_are_said_to_be_those_of_the_pole(client, country):
    country.figure(country.commune, value=3)
    html = page(client, country.basin)
    assert "chiffres de la commune pôle, La Châtre, et non de tout le bassin de vie" in html


def test_an_old_slug_redirects_for_ever(client, country):
    SlugRedirect.objects.create(kind="territory", old_slug="chatre", new_slug="la-chatre-36046")
    SlugRedirect.objects.create(kind="structure", old_slug="msp", new_slug="la-chatre-36046")
    response = client.get("/territoires/chatre/")
    assert (response.status_code, response.url) == (301, "/territoires/la-chatre-36046/")
    assert client.get("/territoires/msp/").status_code == 404


def test_an_unknown_place_gives_a_page_that_helps(client, country):
    response = client.get("/territoires/la-chatre/")
    assert response.status_code == 404
    assert "/territoires/la-chatre-36046/" in parsed(response).links("main a")
    assert parsed(response).all('main input[name="q"]')


def test_a_place_missing_from_its_source_and_the_country_have_no_page(client, country):
    country.commune.missing_since = "2026-01-01"
    country.commune.save()
    assert client.get("/territoires/la-chatre-36046/").status_code == 404
    assert client.get("/territoires/france/").status_code == 404


def test_the_index_shows_departments_and_lists(client, country):
    StructureFactory(commune=country.commune)
    html = parsed(client.get("/territoires/"))
    assert "Indre (36)" in html
    assert f"1{NBSP}structure" in html
    for territory in (country.epci, country.basin, country.region, country.department):
        assert territory.get_absolute_url() in html.links("main a")


def test_the_index_of_an_empty_database_says_so(client):
    assert "ne sont pas encore chargés" in client.get("/territoires/").content.decode()


@pytest.mark.parametrize("text", ["La Châtre", "la chatre", "36400", " 364 00 ", "36046", "LA-CHATRE"])
def test_a_certain_answer_redirects_to_the_place(client, country, text):
    response = client.get("/territoires/", {"q": text})
    assert (response.status_code, response.url) == (302, "/territoires/la-chatre-36046/")


def test_a_department_is_found_by_its_code(client, country):
    assert client.get("/territoires/", {"q": "36"}).url == "/territoires/indre/"


def test_a_postal_code_of_several_communes_lists_them(client, country):
    PostalCode.objects.create(code="36400", commune=country.add_commune("36100", "Montgivray", "montgivray-36100"))
    html = client.get("/territoires/", {"q": "36400"}).content.decode()
    assert f"2{NBSP}résultats" in html
    assert "Montgivray" in html


def test_saint_is_found_by_its_short_form(client, country):
    country.add_commune("36180", "Saint-Août", "saint-aout-36180")
    assert client.get("/territoires/", {"q": "St Aout"}).url == "/territoires/saint-aout-36180/"


def test_homonyms_are_listed_with_their_codes(client, country):
    country.add_commune("18001", "Vicq", "vicq-18001")
    country.add_commune("36001", "Vicq", "vicq-36001")
    html = client.get("/territoires/", {"q": "vicq"}).content.decode()
    assert "code 18001" in html
    assert "code 36001" in html


@pytest.mark.parametrize("text", ["zzz", "%", "\x00", "'; drop", "999999", "<b>gras</b>", "q" * 10_000])
def test_a_search_that_finds_nothing_says_so(client, country, text):
    response = client.get("/territoires/", {"q": text})
    assert response.status_code == 200
    assert "Aucun lieu de la région" in response.content.decode()
    assert parsed(response).all("b") == []


def test_a_search_never_gives_the_whole_table(client, country):
    for number in range(60):
        country.add_commune(f"{45000 + number}", f"Ville {number}", f"ville-{number}")
    assert len(parsed(client.get("/territoires/", {"q": "ville"})).all("li.row")) == 40


@pytest.mark.parametrize("kind", ["region", "department", "epci", "basin", "commune"])
def test_queries_of_a_new_process_do_not_grow_with_rows(client, country, kind):
    path = getattr(country, kind).get_absolute_url()
    grow(country, 1)
    few = len(first_queries(client, path))
    grow(country, 49)
    assert len(first_queries(client, path)) == few <= MOST_QUERIES


@pytest.mark.parametrize("kind", ["region", "department", "epci", "basin", "commune"])
def test_a_page_seen_before_asks_two_queries_until_something_changes(client, country, kind, django_assert_num_queries):
    path = getattr(country, kind).get_absolute_url()
    client.get(path)
    with django_assert_num_queries(2):
        client.get(path)
    StructureFactory(commune=country.commune, name="Ouverte depuis")
    content_version.bump()
    assert "Ouverte depuis" in page(client, getattr(country, kind))


def test_queries_of_the_index_do_not_grow(client, country):
    grow(country, 1)
    few = len(first_queries(client, "/territoires/"))
    grow(country, 49)
    assert len(first_queries(client, "/territoires/")) == few <= MOST_QUERIES


def grow(country, number):
    """More communes, neighbours, structures of every kind, figures, editions and rows."""
    start = PostalCode.objects.count()
    for n in range(start, start + number):
        commune = country.add_commune(f"{50000 + n}", f"Bourg {n}", f"bourg-{n}")
        PostalCode.objects.create(code="36400", commune=commune)
        country.commune.neighbours.add(commune)
        StructureFactory(commune=commune, kind=list(Kind)[n % len(Kind)])
        StructureFactory(commune=country.commune)
        for territory in (*country.all(), country.france):
            country.figure(territory)
        edition = ZoningEditionFactory(scope=country.region)
        ZoningFactory(edition=edition, territory=commune)
        ZoningFactory(edition=edition, territory=country.commune)


@pytest.mark.parametrize("kind", ["region", "department", "epci", "basin", "commune"])
def test_pages_set_no_cookie_and_answer_304_after_one_query(client, country, kind, django_assert_num_queries):
    path = getattr(country, kind).get_absolute_url()
    first = client.get(path)
    assert not first.cookies
    assert "public" in first["Cache-Control"]
    with django_assert_num_queries(1):
        again = client.get(path, headers={"If-None-Match": first["ETag"]})
    assert again.status_code == 304
