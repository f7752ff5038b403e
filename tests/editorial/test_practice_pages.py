"""Pages of the ways to practise: the list, one option, and the links from other pages."""

import pytest
from django.template import Context, Template

from aids.conditions.kinds import ConditionKind as Kind
from aids.rules import AidRule, CaseRule, Condition
from aids.vocabulary import Mode
from guide.core import content_version
from guide.core.models import SlugRedirect
from guide.editorial.models import Reference
from guide.editorial.practice.pages import simulator_address
from structures.models import CompletenessNote
from tests.aids.factories import AidFactory
from tests.aids.pages import text_of
from tests.editorial.practice import PracticeOptionFactory
from tests.factories import StructureFactory
from tests.markup import parsed
from tests.new_process import MOST_QUERIES, first_queries
from tests.territories.places import Country

pytestmark = pytest.mark.django_db


@pytest.fixture
def country():
    return Country()


def whole(**fields):
    """An option with everything that a page can show."""
    values = {
        "slug": "msp",
        "title": "Rejoindre une MSP",
        "family": "coordonne",
        "simulator_mode": "msp",
        "body": "<p>Une équipe [@indre-2022].</p>",
        "audience": "<p>Pour qui aime l'équipe.</p>",
        "day": "<p>Le matin.</p>",
        "week": "<p>Le mardi.</p>",
        "advantages": "<ul><li>Une équipe.</li></ul>",
        "drawbacks": "<ul><li>Des réunions.</li></ul>",
        "aids_note": "<p>Les aides restent.</p>",
        "who_to_call": "<p>La maison.</p>",
        "kinds": ["msp"],
        "points": {"equipe": "Grande", "statut": "Libéral <le plus souvent> [@indre-2022]"},
        "steps": [("Visiter", "Une journée [@indre-2022].", "un jour"), ("Adhérer", "", "")],
    }
    Reference.objects.get_or_create(
        code="indre-2022",
        defaults={"title": "Guide", "label": "Département de l'Indre, vers 2022", "year": "vers 2022"},
    )
    return PracticeOptionFactory(**values | fields)


def aid_for(mode: str, code: str):
    condition = Condition(Kind.MODE, values=frozenset({mode}))
    return AidFactory(code=code, rule=AidRule(code, code, (CaseRule("cas", conditions=(condition,)),)))


def test_the_list_shows_each_family_with_status_and_structures(client, country):
    whole()
    PracticeOptionFactory(title="Être libre", family="liberal")
    PracticeOptionFactory(title="Caché", status="draft")
    StructureFactory.create_batch(2, commune=country.commune)
    response = client.get("/exercer/")
    shown, html = text_of(response), parsed(response)
    assert shown.index("En libéral") < shown.index("Être libre") < shown.index("En équipe coordonnée")
    assert "/exercer/msp/" in html.links("main a")
    assert "Libéral <le plus souvent>" in shown
    assert "[@" not in shown
    assert "2 MSP dans ce guide" in shown
    assert "Aucune structure propre" in shown
    assert "Caché" not in shown
    assert {"/exercer/comparer/", "/exercer/questionnaire/"} <= set(html.links("main a"))


def test_the_list_without_any_option_says_so(client):
    assert "pas encore publiées" in text_of(client.get("/exercer/"))


def test_a_page_shows_every_part(client, country):
    whole()
    response = client.get("/exercer/msp/")
    shown, html = text_of(response), parsed(response)
    for words in (
        "Pour qui aime l'équipe.",
        "Le matin.",
        "Le mardi.",
        "Une équipe.",
        "Des réunions.",
        "Les aides restent.",
        "La maison.",
        "Durée : un jour",
        "Durée : non renseignée",
    ):
        assert words in shown, words
    points = html.texts("dt")
    assert points.index("Statut") < points.index("Équipe")
    assert len(html.all("h1")) == 1
    assert len(html.all(".stepper__step")) == 2
    assert html.links().count("#source-indre-2022") == 3
    assert html.one("#source-indre-2022")
    assert "<le plus souvent>" in html.text
    assert "/aides/simulateur/?mode=msp" in html.links()


def test_an_option_with_nothing_but_its_text_answers(client):
    PracticeOptionFactory(slug="seul")
    shown = text_of(client.get("/exercer/seul/"))
    assert "Où, dans la région" not in shown
    assert "Qui appeler" not in shown
    assert "Sources" not in shown
    assert "Page vérifiée non renseigné" in shown


@pytest.mark.parametrize("slug", ["brouillon", "inconnu"])
def test_what_is_not_published_is_not_found(client, slug):
    PracticeOptionFactory(slug="brouillon", status="draft")
    assert client.get(f"/exercer/{slug}/").status_code == 404


def test_a_former_address_leads_to_the_new_one(client):
    SlugRedirect.objects.create(kind="practice", old_slug="avant", new_slug="apres")
    response = client.get("/exercer/avant/")
    assert (response.status_code, response["Location"]) == (301, "/exercer/apres/")


def test_a_page_counts_maps_and_lists_the_structures(client, country):
    whole(kinds=["msp", "esp"])
    CompletenessNote.objects.create(kind="msp", text="Liste incomplète.", source="Presse")
    for number in range(6):
        StructureFactory(commune=country.commune, name=f"MSP {number}")
    StructureFactory(commune=country.commune, kind="hopital", name="Hôpital voisin")
    StructureFactory(commune=country.commune, name="MSP fermée", closed_on="2020-01-01")
    response = client.get("/exercer/msp/")
    html, shown = parsed(response), text_of(response)
    assert "Ce guide a recensé 6 MSP." in shown
    assert "Indre (36) 6 structures" in shown
    assert "MSP 3" in shown
    assert "MSP 4" not in shown
    assert "Hôpital voisin" not in shown
    assert "MSP fermée" not in shown
    assert "Liste incomplète." in shown
    assert html.all(".map__dot.map__dot--msp")
    for address in ("/structures/?type=esp&type=msp", "/carte/?type=esp&type=msp"):
        assert address in html.links()
        assert client.get(address).status_code == 200
    assert "/structures/?type=esp&type=msp&departement=36" in html.links()


def test_no_known_structure_is_not_said_to_be_none(client, country):
    whole()
    shown = text_of(client.get("/exercer/msp/"))
    assert "encore recensé aucune structure" in shown
    assert "ne veut pas dire qu" in shown


def test_the_aids_of_a_mode_are_those_that_ask_for_it(client, country):
    whole()
    for mode in ("msp", "liberal", "hospitalier"):
        aid_for(mode, f"aide-{mode}")
    AidFactory(code="aide-pour-tous")
    content_version.bump()
    response = client.get("/exercer/msp/")
    html, shown = parsed(response), text_of(response)
    assert set(html.links('a[href^="/aides/aide-"]')) == {"/aides/aide-msp/", "/aides/aide-liberal/"}
    assert "2 aides dépendent" in shown
    assert "1 autre aide demande une autre façon" in shown
    assert client.get("/aides/simulateur/?mode=msp").status_code == 200


def test_queries_do_not_grow_and_fall_to_one(client, country, django_assert_num_queries):
    whole()
    StructureFactory(commune=country.commune)
    aid_for("msp", "aide")
    few = len(first_queries(client, "/exercer/msp/"))
    whole(slug="riche", kinds=["msp", "esp", "centre-de-sante"], steps=[(f"Étape {n}", "Texte", "") for n in range(9)])
    for number in range(30):
        place = country.add_commune(f"{50000 + number}", f"Bourg {number}", f"bourg-{number}")
        StructureFactory(commune=place, kind=["msp", "esp", "centre-de-sante"][number % 3])
        aid_for("msp", f"aide-{number}")
    many = len(first_queries(client, "/exercer/riche/"))
    assert few <= MOST_QUERIES
    assert many == few
    with django_assert_num_queries(1):
        client.get("/exercer/riche/")


def test_queries_of_the_list_do_not_grow(client, country):
    whole()
    few = len(first_queries(client, "/exercer/"))
    for number in range(20):
        whole(slug=f"option-{number}")
    assert len(first_queries(client, "/exercer/")) == few <= MOST_QUERIES


@pytest.mark.parametrize("page", ["", "msp/", "comparer/", "questionnaire/?lieu=ville"])
def test_public_pages_set_no_cookie_and_answer_304(client, page, django_assert_num_queries):
    whole()
    address = f"/exercer/{page}"
    first = client.get(address)
    assert first.status_code == 200
    assert not first.cookies
    with django_assert_num_queries(1):
        assert client.get(address, headers={"If-None-Match": first["ETag"]}).status_code == 304


def test_the_sitemap_lists_the_options(client):
    whole()
    PracticeOptionFactory(slug="brouillon", status="draft")
    found = client.get("/sitemap-exercer.xml").content.decode()
    assert "/exercer/msp/" in found
    assert "brouillon" not in found
    assert "/exercer/questionnaire/" in client.get("/sitemap-pages.xml").content.decode()


def tag(text: str) -> str:
    return Template("{% load editorial %}" + text).render(Context({}))


def test_other_pages_link_to_the_options_of_a_kind():
    whole()
    assert "/exercer/msp/" in parsed(tag('{% option_for_kind "msp" %}')).links()
    assert tag('{% option_for_kind "laboratoire" %}').strip() == ""


def test_other_pages_list_the_families():
    assert tag("{% practice_options %}").strip() == ""
    whole()
    content_version.bump()
    html = parsed(tag("{% practice_options %}"))
    assert "/exercer/#coordonne" in html.links()
    assert "Rejoindre une MSP" in html.text


def test_the_sheet_of_a_structure_leads_to_what_it_is_to_practise_there(client, country):
    whole()
    StructureFactory(commune=country.commune, slug="msp-la-chatre")
    assert "/exercer/msp/" in parsed(client.get("/structures/msp-la-chatre/")).links("main a")


def test_the_button_of_a_practice_of_retired_doctors_says_that_they_are():
    assert simulator_address(Mode.AFTER_RETIREMENT) == (
        "/aides/simulateur/?profil=retraite&mode=cumul-emploi-retraite"
    )
    assert simulator_address(Mode.MSP) == "/aides/simulateur/?mode=msp"
