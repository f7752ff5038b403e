"""The page of contacts, and the contacts on other pages."""

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError
from django.template import Context, Template
from django.urls import reverse

from guide.core import content_version
from guide.desk.models import ContactBody
from tests.aids.pages import text_of
from tests.desk.factories import ContactBodyFactory
from tests.factories import DepartmentFactory, TerritoryFactory, UserFactory
from tests.markup import inline_code, parsed
from tests.new_process import MOST_QUERIES, count_queries, first_queries
from tests.territories.places import Country

pytestmark = pytest.mark.django_db


@pytest.fixture
def country():
    found = Country()
    found.cher = DepartmentFactory(code="18", name="Cher", slug="cher", inside=[found.region])
    ContactBodyFactory(code="siege", name="ARS, siège", kind="ars", subjects=["aides"])
    ContactBodyFactory(
        code="cpam-36",
        name="CPAM de l'Indre",
        kind="cpam",
        territories=[found.department],
        subjects=["aides"],
        profiles=["interne"],
        phone="0254000000",
        website="https://www.ameli.fr/",
        summary="Elle verse les aides.",
        verified_on="2026-11-01",
    )
    ContactBodyFactory(code="ordre-18", name="Ordre du Cher", kind="ordre", territories=[found.cher])
    return found


def text(response) -> str:
    return text_of(response).replace("\u00a0", " ")


def test_the_nearest_come_first_with_what_is_known_and_what_is_not(client, country):
    response = client.get("/contact/?departement=36&profil=interne&sujet=aides")
    shown, html = text(response), parsed(response)
    assert response.status_code == 200
    assert "2 organismes" in shown
    assert "Appelez la CPAM de l'Indre au 02 54 00 00 00" in shown
    assert "tel:+33254000000" in html.links("main a")
    assert shown.index("Au plus près : Indre") < shown.index("Elle verse les aides.") < shown.index("ARS, siège")
    assert "Non renseigné : courriel, adresse, horaires." in shown
    assert "Vérifié le 1er novembre 2026" in shown
    assert "Source : Essai, 2026" in shown
    assert "Ordre du Cher" not in shown
    assert not response.cookies


def test_a_phone_that_is_not_known_is_said(client, country):
    ContactBody.objects.filter(code="cpam-36").update(phone="")
    content_version.bump()
    shown = text(client.get("/contact/?departement=36&sujet=aides"))
    assert "Adressez-vous à la CPAM de l'Indre. Son numéro de téléphone n'est pas renseigné." in shown


def test_without_a_place_the_region_alone_is_shown_and_a_department_asked_for(client, country):
    shown = text(client.get("/contact/"))
    assert "1 organisme" in shown
    assert "Choisissez un département" in shown
    assert "Pour commencer Adressez" not in shown


def test_a_commune_leads_to_the_bodies_of_its_department(client, country):
    shown = text(client.get("/contact/?commune=36046"))
    assert "Au plus près : La Châtre" in shown
    assert "CPAM de l'Indre" in shown
    both = text(client.get("/contact/?commune=36046&departement=18"))
    assert "La Châtre n'est pas dans ce département" in both
    assert "Ordre du Cher" not in both


@pytest.mark.parametrize(
    "query",
    [
        "departement=99",
        "departement=%00",
        "commune=00000",
        "commune=' OR 1=1--",
        "profil=%3Cscript%3E",
        "sujet=" + "x" * 3000,
        "sujet=aides&sujet=stage",
        "inconnu=1",
        "departement=36" * 400,
        "sujet=%FF",
    ],
)
def test_a_wrong_value_gives_the_page_with_a_message(client, country, query):
    response = client.get(f"/contact/?{query}")
    assert response.status_code == 200
    assert parsed(response).all('[role="alert"]')
    assert inline_code(parsed(response)) == []


def test_a_draft_is_shown_to_nobody(client, country):
    ContactBodyFactory(name="Brouillon", status="draft")
    content_version.bump()
    assert "Brouillon" not in text(client.get("/contact/"))


def test_htmx_receives_the_answer_alone(client, country):
    response = client.get("/contact/?departement=36", headers={"HX-Request": "true"})
    assert not parsed(response).is_whole()
    assert "HX-Request" in response["Vary"]
    assert response["HX-Push-Url"] == "/contact/?departement=36"


def test_few_queries_whatever_the_number_of_bodies(client, country):
    few = len(first_queries(client, "/contact/?commune=36046&sujet=aides"))
    for rank in range(20):
        ContactBodyFactory(code=f"autre-{rank}", territories=[country.department, country.epci])
    assert len(first_queries(client, "/contact/?commune=36046&sujet=aides")) == few <= MOST_QUERIES
    assert count_queries(lambda: client.get("/contact/?commune=36046&sujet=aides")) <= 3


def render(tag: str) -> str:
    return Template(f"{{% load contacts %}}{{% {tag} %}}").render(Context({})).replace("\u00a0", " ")


def test_a_place_shows_its_first_contacts_and_the_way_to_the_others(country):
    ContactBodyFactory.create_batch(3, territories=[country.department])
    shown = parsed(render(f"contacts_here {country.commune.pk}"))
    assert "Qui appeler : La Châtre" in shown.text
    assert len(shown.all(".contact-card")) == 3
    assert "/contact/?commune=36046" in shown.links()
    assert "/contact/?departement=36" in parsed(render(f"contacts_here {country.epci.pk}")).links()
    assert "/contact/" in parsed(render(f"contacts_here {country.region.pk}")).links()
    assert render("contacts_here 123456").strip() == ""
    assert count_queries(lambda: render(f"contacts_here {country.commune.pk}")) == 1


def astride(country, name, *, cher: int, indre: int):
    """A bassin de vie with a commune of so many people in each department, held by the region alone."""
    area = TerritoryFactory(kind="living_area", code=f"9900{len(name)}", name=name, inside=[country.region])
    for code, department, people in ((f"18{cher}", country.cher, cher), (f"36{indre}", country.department, indre)):
        outers = [country.region, department, area]
        TerritoryFactory(code=code, name=code, parent=department, population=people, inside=outers)
    return area


def test_a_place_in_two_departments_leads_to_the_one_where_most_people_live(country):
    northern, southern = astride(country, "Nord", cher=300, indre=200), astride(country, "Sudest", cher=100, indre=900)
    content_version.bump()
    assert "Ordre du Cher" in render(f"contacts_here {northern.pk}")
    assert "/contact/?departement=18" in parsed(render(f"contacts_here {northern.pk}")).links()
    assert "02 54 00 00 00" in render(f"contacts_here {southern.pk}")


def test_a_subject_shows_the_bodies_of_the_region(country):
    shown = render('contacts_for "aides"')
    assert "ARS, siège" in shown
    assert "CPAM" not in shown
    assert "/contact/?sujet=aides" in parsed(shown).links()


def test_a_body_names_its_source_and_known_codes():
    with pytest.raises(IntegrityError):
        ContactBodyFactory(source="")


@pytest.mark.parametrize("codes", [["inconnu"], ["aides", "aides"], "aides", [3]])
def test_a_list_of_codes_holds_known_codes_once(codes):
    with pytest.raises(ValidationError):
        ContactBodyFactory.build(subjects=codes).full_clean()


@pytest.mark.admin_templates
def test_an_editor_ticks_subjects_and_sees_the_card_before_it_is_published(client, country):
    client.force_login(UserFactory())
    body = ContactBodyFactory(status="draft", code="neuf", name="Neuf")
    address = reverse("admin:desk_contactbody_change", args=[body.pk])
    values = {
        "name": "Neuf", "code": "neuf", "kind": "ordre", "subjects": ["aides", "stage"], "source": "Essai",
        "verify_every": "365", "territories": [country.department.pk],
    }  # fmt: skip
    response = client.post(address, values)
    assert response.status_code == 302, response.context["adminform"].form.errors
    body.refresh_from_db()
    assert body.subjects == ["aides", "stage"]
    preview = client.get(reverse("backoffice:preview", args=["desk", "contactbody", body.pk]))
    assert "Neuf" in text(preview)
    assert "ARS, siège" not in text(preview)
