import pytest
from django.urls import reverse

from tests.aids.factories import AidFactory
from tests.aids.pages import DOCTOR, cold, text_of
from tests.aids.rules import aid, case, condition, zoned
from tests.markup import parsed
from tests.new_process import MOST_QUERIES

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("region")]
PATH = "/aides/simulateur/"


def section(response, state) -> str:
    """The text of the aids of one state, shown at once or folded."""
    return " ".join(row.plain for row in parsed(response).all("li.row.verdict") if state_of(row) == state)


def state_of(row) -> str:
    if "Acquise" in row.texts(".badge"):
        return "granted"
    return "refused" if row.all(".verdict__reasons") else "to-check"


def test_without_answers_there_is_only_the_form(client):
    response = client.get(PATH)
    body = parsed(response)
    assert response.status_code == 200
    assert len(body.all(".field")) + len(body.all(".simulator__flag")) == 8
    assert "En bref" not in body


def test_in_zip_10000_euros_with_what_to_do_and_whom_to_call(client):
    response = client.get(PATH, {**DOCTOR, "commune": "36901"})
    granted = section(response, "granted")
    assert "Aide à la première installation en zone sous-dense" in granted
    assert "10 000 €" in granted
    steps = text_of(response).partition("Premier pas")[2].partition("Affiner")[0]
    assert "Qui appeler" in steps
    assert "Caisse primaire d'assurance maladie" in steps


def test_in_zac_5000_euros_and_the_nearest_better_commune(client):
    granted = section(client.get(PATH, {**DOCTOR, "commune": "36902"}), "granted")
    assert "5 000 €" in granted
    assert "À 6 km, En-Zip (ZIP) : + 5 000 € (10 000 €)" in granted


def test_where_the_zoning_is_unknown_both_outcomes_are_shown_and_the_ars_is_named(client):
    response = client.get(PATH, {**DOCTOR, "commune": "36903"})
    to_check = section(response, "to-check")
    assert "10 000 € si la commune est en ZIP, 5 000 € si la commune est en ZAC" in to_check
    assert "Il manque : le classement d'Inconnue (zonage médecin)" in to_check
    assert "Vérifiez auprès de l'ARS le classement de votre commune (Inconnue)" in text_of(response)


def test_a_refusal_says_why_and_what_would_change_it(client):
    refused = section(client.get(PATH, {**DOCTOR, "commune": "36901", "secteur": "secteur-2"}), "refused")
    assert "Il faut être conventionné en secteur 1" in refused
    assert "Être conventionné en secteur 1" in refused
    assert "vous l'obtiendriez" in refused


def test_an_aid_had_within_ten_years_refuses(client):
    refused = section(client.get(PATH, {**DOCTOR, "commune": "36901", "meme-categorie": "oui"}), "refused")
    assert "ne pas avoir reçu d'aide de même catégorie depuis moins de dix ans ; ici : oui" in refused


def test_the_sum_holds_only_what_is_granted_and_the_timeline_says_when(client):
    body = text_of(client.get(PATH, {**DOCTOR, "commune": "36901"}))
    total = body.partition("Ce que vous pouvez cumuler")[2]
    assert "10 000 € (brut ou net non précisé), confirmé par une source officielle" in total
    assert "Année 1 : décembre 2026 à novembre 2027" in total


def test_what_leaving_costs_is_shown_for_the_asked_month(client):
    answers = {"profil": "interne", "specialite": "medecine-generale", "mode": "liberal", "departement": "36"}
    body = text_of(client.get(PATH, {**answers, "etudes": "36", "depart": "18"}))
    assert "Bourse de l'Indre pour les internes : 1 000 € par mois" in body
    assert "après 18 mois" in body


def test_the_day_of_the_project_chooses_the_aids_of_that_day(client):
    before = section(client.get(PATH, {**DOCTOR, "commune": "36901", "date": "2025-06-01"}), "granted")
    assert "première installation en zone sous-dense" not in before


def test_a_typed_place_leads_to_its_code_and_several_places_to_a_choice(client):
    found = client.get(PATH, {"profil": "interne", "lieu": "En-Zip"})
    assert (found.status_code, found["Location"]) == (302, f"{PATH}?profil=interne&commune=36901")
    several = client.get(PATH, {"profil": "interne", "lieu": "En"})
    assert "choisissez" in text_of(several)
    assert any("commune=36902" in address for address in parsed(several).links("main a"))


def test_the_form_keeps_every_answer_and_a_chip_takes_one_off(client):
    body = parsed(client.get(PATH, {**DOCTOR, "commune": "36901", "point": "x.oui", "age": "40"}))
    assert body.one('input[name="lieu"]')["value"] == "En-Zip (36901)"
    assert {("point", "x.oui"), ("age", "40")} <= set(body.sent())
    assert any("commune=36901" in address for address in body.links("main a"))
    assert any("profil=jeune-diplome&specialite" in address for address in body.links("main a"))


def test_as_many_queries_for_one_aid_and_for_fifty(client, region):
    addresses = [
        f"{PATH}?profil=jeune-diplome&mode=liberal&commune=36901&date=2026-12-01",
        f"{PATH}?profil=interne&departement=36",
        PATH,
    ]
    few = [cold(client, address) for address in addresses]
    for number in range(50):
        AidFactory(code=f"aide-{number}", rule=aid(case(zoned("ZIP")), common=[condition("territoire", "region:24")]))
    assert [cold(client, address) for address in addresses] == few
    assert max(few) <= MOST_QUERIES
    assert region["36901"].pk


def test_the_address_is_canonical(client):
    body = parsed(client.get(f"{PATH}?date=2026-12-01&commune=36901&profil=interne&utm_source=x"))
    canonical = body.one('link[rel="canonical"]')["href"]
    assert canonical.endswith(f"{PATH}?profil=interne&commune=36901&date=2026-12-01")
    assert reverse("aids:simulator") == PATH
