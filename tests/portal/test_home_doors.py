"""The doors of the home page: nobody is forgotten, and none leads to a page that a region has not written."""

import pytest

from tests.editorial.factories import PageFactory
from tests.markup import parsed

pytestmark = pytest.mark.django_db


def doors(client) -> dict[str, str]:
    html = parsed(client.get("/"))
    large = {link.one(".lead-card__title").text: link["href"] for link in html.all("a.lead-card")}
    return large | {link.text: link["href"] for link in html.all('[aria-label="Autres situations"] a')}


def test_a_region_without_these_pages_shows_no_link_to_them(client):
    found = doors(client)
    assert found["Conjoint, famille"] == "/territoires/"
    assert found["Médecin retraité"] == "/aides/simulateur/?profil=retraite#questions"
    assert "Diplôme étranger" not in found


def test_a_page_that_is_written_has_its_door(client):
    for slug in ("venir-a-deux", "exercer-avec-un-diplome-etranger"):
        PageFactory(slug=slug)
    found = doors(client)
    assert found["Conjoint, famille"] == "/pages/venir-a-deux/"
    assert found["Diplôme étranger"] == "/pages/exercer-avec-un-diplome-etranger/"
    assert "Élu, collectivité" not in found
