from datetime import date

import pytest

from aids.models import Aid, AidContact, AidIncompatibility
from guide.core import content_version
from guide.core.enums import Status
from tests.aids.factories import AidFactory
from tests.aids.pages import cold, small_region, text_of
from tests.aids.rules import aid, case, condition, zoned
from tests.factories import RegionFactory
from tests.markup import parsed
from tests.new_process import MOST_QUERIES

pytestmark = pytest.mark.django_db


def test_the_page_says_who_how_much_against_what_and_what_leaving_costs(client):
    small_region()
    body = text_of(client.get("/aides/cesp/"))
    for words in (
        "1 200 € par mois jusqu'à la fin des études (brut)",
        "Exercer dans une commune classée ZAC ou ZIP",
        "deux ans au moins",
        "Pénalité : 200 € par mois perçu, 2 000 € au moins",
        "20 000 € de pénalité",
        "Faculté de médecine de Tours",
        "cng.sante.fr, août 2023",
    ):
        assert words in body, words


def test_cases_are_rows_with_readable_conditions(client):
    small_region()
    body = text_of(client.get("/aides/aide-primo-installation/"))
    table = body.partition("Montants selon le cas")[2]
    assert "Exercer dans une commune classée ZIP 10 000 €" in table
    assert "Exercer dans une commune classée ZAC 5 000 €" in table


def test_a_closed_aid_says_so_and_what_replaces_it(client):
    small_region()
    old = Aid.objects.get(code="caim")
    old.replaced_by.add(Aid.objects.get(code="aide-primo-installation"))
    response = client.get("/aides/caim/")
    body = text_of(response)
    assert "Cette aide est fermée" in body
    assert "Tester ma situation" not in body
    assert "Ce qui la remplace" in body
    assert "/aides/aide-primo-installation/" in parsed(response).links("main a")


def test_marks_are_told(client):
    small_region()
    assert "Source non officielle" in text_of(client.get("/aides/donum/"))
    assert "appelez avant d'y compter" in text_of(client.get("/aides/bourse-cher/"))


def test_the_link_to_the_simulator_carries_what_the_rule_says(client):
    RegionFactory()
    common = [condition("profil", "interne"), condition("territoire", "department:36")]
    AidFactory(code="bourse", rule=aid(case(), common=common))
    carried = "/aides/simulateur/?profil=interne&departement=36&date="
    assert parsed(client.get("/aides/bourse/")).all(f'main a[href^="{carried}"]')


def test_a_draft_an_unknown_code_and_a_late_one_are_not_found(client):
    RegionFactory()
    AidFactory(code="brouillon", status=Status.DRAFT)
    assert client.get("/aides/brouillon/").status_code == 404
    assert client.get("/aides/inconnue/").status_code == 404


def test_what_is_not_known_is_said(client):
    RegionFactory()
    AidFactory(code="nue")
    body = text_of(client.get("/aides/nue/"))
    assert "Contact non renseigné" in body
    assert "Démarche non renseignée" in body
    assert "Aucune source" in body


def test_a_contact_can_be_called_from_the_page(client):
    RegionFactory()
    row = AidFactory(code="une")
    AidContact.objects.create(aid=row, name="Guichet", phone="02 38 00 00 00", email="a@exemple.fr")
    links = parsed(client.get("/aides/une/")).links("main a")
    assert {"tel:+33238000000", "mailto:a@exemple.fr"} <= set(links)


def test_an_aid_that_holds_much_asks_no_more_queries(client):
    places = small_region()
    assert places
    few = cold(client, "/aides/cesp/")
    cesp = Aid.objects.get(code="cesp")
    for number in range(20):
        other = AidFactory(code=f"autre-{number}", rule=aid(case(zoned("ZIP"))), opens_on=date(2026, 1, 1))
        AidIncompatibility.objects.create(first=cesp, second=other)
        AidContact.objects.create(aid=cesp, name=f"Guichet {number}")
    content_version.bump()
    assert cold(client, "/aides/cesp/") == few
    assert few <= MOST_QUERIES
