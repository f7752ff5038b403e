"""The questionnaire: one form, its result on the same address, nothing kept."""

import re

import pytest

from guide.core import content_version
from tests.aids.pages import queries, text_of
from tests.editorial.practice import PracticeOptionFactory
from tests.markup import tight
from tests.new_process import MOST_QUERIES

pytestmark = pytest.mark.django_db
ADDRESS = "/exercer/questionnaire/"


@pytest.fixture
def options():
    return [
        PracticeOptionFactory(
            slug="msp",
            title="Maison",
            simulator_mode="msp",
            fits=[("statut-liberal", 1, "On y est libéral."), ("gestion-non", -1, "Il reste de la gestion."),
                  ("equipe-grande", 2, "L'équipe est grande.")],
        ),
        PracticeOptionFactory(
            slug="hopital",
            title="Hôpital",
            fits=[("statut-salarie", 2, "On y est salarié."), ("equipe-grande", 1, "Les équipes sont grandes.")],
        ),
    ]  # fmt: skip


def proposed(html: str) -> list[str]:
    return re.findall(r'card__title"><a href="/exercer/([\w-]+)/"', html)


def test_the_form_asks_every_question_and_none_must_be_answered(client, options):
    html = tight(client.get(ADDRESS).content.decode())
    assert html.count("<fieldset") == html.count("<legend") == 7
    assert "required" not in html
    assert 'method="get"' in html
    assert 'id="propositions"' not in html
    assert html.count('value="" checked') == 7


def test_the_answers_propose_options_with_reasons_for_and_against(client, options):
    response = client.get(f"{ADDRESS}?statut=liberal&equipe=grande&gestion=non")
    html, shown = tight(response.content.decode()), text_of(response)
    assert proposed(html) == ["msp", "hopital"]
    assert "L'équipe est grande." in shown
    assert "Il reste de la gestion." in shown
    assert "On y est salarié." not in shown
    assert 'href="/exercer/comparer/?o=msp&amp;o=hopital"' in html
    assert 'href="/aides/simulateur/?mode=msp"' in html
    assert 'name="statut" value="liberal" checked' in html
    assert f'href="{ADDRESS}?statut=liberal&amp;gestion=non"' in html
    assert not response.cookies


def test_the_link_to_the_comparison_works(client, options):
    html = tight(client.get(f"{ADDRESS}?equipe=grande").content.decode())
    address = re.search(r'href="(/exercer/comparer/\?[^"]+)"', html)[1].replace("&amp;", "&")
    assert "inconnue" not in text_of(client.get(address))


def test_an_empty_form_proposes_nothing_and_explains(client, options):
    response = client.get(f"{ADDRESS}?statut=&equipe=&lieu=")
    assert "Vous n'avez répondu à aucune question" in text_of(response)
    assert proposed(response.content.decode()) == []
    assert "Vous n'avez répondu" not in text_of(client.get(ADDRESS))


def test_answers_that_decide_nothing_explain_it(client, options):
    response = client.get(f"{ADDRESS}?gestion=non")
    assert "plus de raisons pour que de raisons contre" in text_of(response)
    assert proposed(response.content.decode()) == []


def test_drafts_are_never_proposed(client):
    PracticeOptionFactory(slug="brouillon", status="draft", fits=[("statut-liberal", 2, "Oui.")])
    assert proposed(client.get(f"{ADDRESS}?statut=liberal").content.decode()) == []


@pytest.mark.parametrize(
    "query",
    [
        "statut=roi", "statut=%00", "statut=liberal&statut=salarie", "x=1", "statut=" + "a" * 5000,
        "&".join(["statut=liberal"] * 100), "statut=%3Cscript%3Ealert(1)%3C/script%3E", "lieu=%FF",
    ],
)  # fmt: skip
def test_a_hostile_address_gives_the_form_and_a_message(client, options, query):
    response = client.get(f"{ADDRESS}?{query}")
    html = tight(response.content.decode())
    assert response.status_code == 200
    assert 'role="alert"' in html
    assert proposed(html) == []
    assert "<script>alert" not in html
    assert html.count("<fieldset") == 7


def test_the_order_of_the_address_changes_nothing(client, options):
    one = client.get(f"{ADDRESS}?statut=liberal&equipe=grande").content.decode()
    other = client.get(f"{ADDRESS}?equipe=grande&statut=liberal").content.decode()
    assert proposed(one) == proposed(other) == ["msp", "hopital"]


def test_queries_do_not_grow(client, options):
    few = queries(lambda: client.get(f"{ADDRESS}?statut=liberal"))
    for number in range(30):
        PracticeOptionFactory(slug=f"option-{number}", fits=[("statut-liberal", 2, "Oui."), ("lieu-ville", 1, "Oui.")])
    content_version.bump()
    assert queries(lambda: client.get(f"{ADDRESS}?statut=liberal&lieu=ville")) == few <= MOST_QUERIES
    assert queries(lambda: client.get(ADDRESS)) == 1


def test_an_endless_address_gives_the_page_with_a_message(client, options):
    response = client.get(ADDRESS, QUERY_STRING="&" * 3000)
    assert response.status_code == 200
    assert "trop longue" in text_of(response)
