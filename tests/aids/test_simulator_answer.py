"""The answer on top of a result, the zoning that the visitor gives, and what awaits students."""

import re

import pytest

from aids.simulator.answer import MAX_BEST
from tests.aids.pages import DOCTOR, cold, text_of
from tests.new_process import MOST_QUERIES

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("region")]
PATH = "/aides/simulateur/"
STUDENT = {"profil": "interne", "specialite": "medecine-generale", "mode": "liberal", "departement": "36"}


def lines(response) -> dict[str, str]:
    """The lines of the summary by their name."""
    body = response.content.decode().partition('<dl class="answer__lines">')[2].partition("</dl>")[0]
    found = re.findall(r"<dt>(.*?)</dt>\s*<dd>(.*?)</dd>", body, re.S)
    return {name: re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", text)).strip() for name, text in found}


def test_what_is_sure_stands_on_top_with_a_step_and_whom_to_call(client):
    said = lines(client.get(PATH, {**DOCTOR, "commune": "36901"}))
    assert said["Sûr"] == "10 000 €"
    assert said["Jusqu'à quand"].startswith("Versement en une fois")
    assert "Appelez la CPAM" in said["Premier pas"]
    assert "Caisse primaire d'assurance maladie" in said["Qui appeler"].replace("&#x27;", "'")


def test_five_aids_at_most_stand_before_the_folds_by_amount(client):
    shown = client.get(PATH, {**DOCTOR, "commune": "36901"}).context
    assert 0 < len(shown["best"]) <= MAX_BEST
    assert shown["best"][0]["name"] == "Aide à la première installation en zone sous-dense"
    folded = [row["name"] for fold in shown["folds"] for row in fold.rows]
    assert not {row["name"] for row in shown["best"]} & set(folded)
    assert any(fold.title.endswith("aides ne vous concernent pas") for fold in shown["folds"])


def test_an_unknown_zoning_is_the_first_question_beside_the_official_map(client):
    response = client.get(PATH, {**DOCTOR, "commune": "36903"})
    asked = response.context["refinement"]["first"]
    assert asked[0]["name"] == "zonage"
    assert [option.value for option in asked[0]["options"]] == ["", "ZIP", "ZAC", "HZ"]
    assert "Carte officielle du zonage" in text_of(response)


@pytest.mark.parametrize(("level", "sum"), [("ZIP", "10 000 €"), ("ZAC", "5 000 €")])
def test_the_zoning_that_the_visitor_gives_enters_the_engine_as_his_own(client, level, sum):
    response = client.get(PATH, {**DOCTOR, "commune": "36903", "zonage": level})
    assert lines(response)["Sûr"] == sum
    text = text_of(response)
    assert f"selon vous : {level}" in text.replace("\u00a0", " ")
    assert "Faites confirmer par l'ARS" in text
    assert response.context["refinement"]["first"][0]["name"] != "zonage"
    assert f"zonage={level}" in response.context["canonical"]


def test_outside_every_zone_the_aid_of_zones_is_refused(client):
    shown = client.get(PATH, {**DOCTOR, "commune": "36903", "zonage": "HZ"}).context
    refused = next(fold for fold in shown["folds"] if fold.anchor == "refused")
    assert "Aide à la première installation en zone sous-dense" in [row["name"] for row in refused.rows]


def test_an_edition_that_speaks_wins_over_the_visitor(client):
    response = client.get(PATH, {**DOCTOR, "commune": "36902", "zonage": "ZIP"})
    assert lines(response)["Sûr"] == "5 000 €"
    assert "c'est lui qui est retenu" in text_of(response)


def test_the_zoning_falls_with_its_commune(client):
    kept = client.get(PATH, {**DOCTOR, "lieu": "Inconnue", "zonage": "ZIP.36903"})
    assert "zonage=ZIP" in kept["Location"]
    other = client.get(PATH, {**DOCTOR, "lieu": "En-Zac", "zonage": "ZIP.36903"})
    assert "zonage" not in other["Location"]
    assert "n'existe pas" in text_of(client.get(PATH, {**DOCTOR, "commune": "36903", "zonage": "ZIPP"}))


def test_the_map_of_aids_knows_no_zoning_of_a_visitor(client):
    shown = client.get(PATH, {**DOCTOR, "commune": "36903", "zonage": "ZIP"}).context
    assert "zonage" not in shown["map_address"]
    assert "commune" not in shown["map_address"]


def test_a_student_sees_what_awaits_when_the_studies_end(client):
    shown = client.get(PATH, {**STUDENT, "etudes": "24", "date": "2026-12-01"}).context["later"]
    assert shown["when"] == "1er\u00a0décembre\u00a02028"
    assert "profil=jeune-diplome" in shown["address"]
    assert "date=2028-12-01" in shown["address"]
    assert shown["rows"]
    assert client.get(PATH, {**DOCTOR, "commune": "36901"}).context["later"] is None


def test_a_first_answer_alone_opens_the_next_question(client):
    response = client.get(PATH, {"profil": "interne"})
    assert 'id="questions"' in response.content.decode()
    assert "Répondez à une question de plus" in text_of(response)
    assert "En bref" in text_of(client.get(PATH, {"profil": "interne", "departement": "36"}))


def test_empty_parameters_lead_to_the_canonical_address(client):
    response = client.get(f"{PATH}?profil=interne&specialite=&mode=&lieu=&departement=36")
    assert (response.status_code, response["Location"]) == (302, f"{PATH}?profil=interne&departement=36")


def test_the_result_of_a_student_stays_under_the_ceiling_of_queries(client):
    assert cold(client, f"{PATH}?profil=interne&commune=36903&etudes=24") <= MOST_QUERIES


def test_a_form_keeps_the_ids_of_its_fields_apart(client):
    body = client.get(PATH, {"profil": "interne", "departement": "36"}).content.decode()
    ids = re.findall(r' id="([^"]+)"', body)
    assert len(ids) == len(set(ids))


def test_the_tiles_of_the_home_page_open_the_questions(client):
    body = client.get("/").content.decode()
    assert 'href="/aides/simulateur/?profil=interne#questions"' in body
    assert 'id="questions"' in client.get(f"{PATH}?profil=interne").content.decode()
