import pytest
from django.template import Context, Template

from tests.markup import parsed
from tests.new_process import MOST_QUERIES, count_queries

pytestmark = pytest.mark.django_db


def render(place, kind=""):
    template = Template("{% load aids %}{% aids_here place kind %}")
    return template.render(Context({"place": place, "kind": kind}))


def test_a_commune_shows_what_each_zoning_opens_and_its_own_aids(region):
    shown = parsed(render(region["36901"]))
    text = shown.plain
    assert "Zonage médecin (ZIP, ZAC)" in text
    assert "ce classement donne droit à ces aides" in text
    assert "/aides/aide-primo-installation/" in shown.links()
    assert "10 000 €" in text
    assert "de 5 000 à 10 000" not in text
    assert "Bourse de l'Indre" in text
    assert "Loiret" not in shown
    assert "/aides/simulateur/?commune=36901" in shown.links()


def test_an_unknown_zoning_is_said_to_be_unknown(region):
    text = parsed(render(region["36903"])).plain
    assert "Ce classement n'est pas renseigné pour ce lieu" in text
    assert "de 5 000 à 10 000 €" in text


def test_a_department_shows_its_own_aids_alone(region):
    shown = parsed(render(region["36"]))
    assert "/aides/bourse-indre/" in shown.links()
    assert "Zonage médecin" not in shown
    assert "bourse-loiret" not in shown


def test_a_place_that_is_gone_shows_nothing(region):
    gone = region["36901"]
    gone.missing_since = "2026-01-01"
    assert render(gone).strip() == ""


def test_a_few_queries_once_the_aids_are_in_memory(region):
    render(region["36901"])
    assert count_queries(lambda: render(region["36901"], "msp")) <= 5  # one of them is the content version
    assert count_queries(lambda: render(region["36"])) <= MOST_QUERIES
