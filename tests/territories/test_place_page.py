"""What the page of a place begins with, what it folds, and the table of the communes of an EPCI."""

import pytest

from guide.core.french import NARROW_NBSP, NBSP
from guide.territories.enums import Level, Scheme
from tests.factories import IndicatorFactory, ZoningEditionFactory, ZoningFactory
from tests.markup import Part, parsed
from tests.territories.places import Country

pytestmark = pytest.mark.django_db


@pytest.fixture
def country():
    return Country()


@pytest.fixture
def density(db):
    return IndicatorFactory(code="densite_mg_y_compris_mep", label="Généralistes", unit="pour 100 000 hab.")


def page(client, territory) -> Part:
    response = client.get(territory.get_absolute_url())
    assert response.status_code == 200
    return parsed(response)


def brief(html: Part) -> Part:
    return html.one('section[aria-labelledby="en-bref"] dl')


def test_a_commune_begins_with_what_a_doctor_asks(client, country, density):
    country.figure(country.department, indicator=density, value=51, year=2025)
    told = brief(page(client, country.commune))
    assert f"1{NARROW_NBSP}200{NBSP}habitants" in told
    assert "Distance de Paris" in told
    assert f"département{NBSP}: Indre, 2025" in told  # never as a figure of the commune
    assert "Superficie" not in told


def test_a_figure_of_the_commune_comes_before_that_of_its_department(client, country, density):
    country.figure(country.department, indicator=density, value=51, year=2025)
    country.figure(country.commune, indicator=density, value=77, year=2025)
    told = brief(page(client, country.commune))
    assert "77" in told
    assert "département" not in told.text


def test_the_rest_of_a_commune_is_folded_and_its_area_comes_last(client, country):
    folds = page(client, country.commune).texts("details.fold summary")
    assert folds[-1] == "Superficie, codes et source"
    assert "Chiffres et sources" in folds


def test_an_epci_has_a_table_of_its_communes_and_their_file(client, country):
    small = country.add_commune("36100", "Montgivray", "montgivray-36100")
    edition = ZoningEditionFactory(scheme=Scheme.DOCTORS, scope=country.region, exhaustive=False)
    ZoningFactory(edition=edition, territory=small, level=Level.ZIP)
    table = page(client, country.epci).one('[aria-labelledby="communes"] table')
    assert table.texts('th[scope="row"] a') == ["La Châtre", "Montgivray"]
    assert "ZIP" in table.text
    response = client.get(f"/territoires/{country.epci.slug}/communes.csv")
    lines = response.content.decode("utf-8-sig").splitlines()
    assert lines[0] == "commune;code_insee;population;zonage_medecin;frr;medecins;annee;page"
    assert lines[2].startswith("Montgivray;36100;1200;ZIP;")
    assert client.get(f"/territoires/{country.commune.slug}/communes.csv").status_code == 404
