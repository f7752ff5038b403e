"""The questionnaire: one form, its result on the same address, nothing kept."""

import pytest

from guide.core import content_version
from tests.aids.pages import text_of
from tests.editorial.practice import PracticeOptionFactory
from tests.markup import Part, inline_code, parsed
from tests.new_process import MOST_QUERIES, count_queries

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


def proposed(html: Part) -> list[str]:
    return [address.split("/")[2] for address in html.links(".card__title a")]


def test_the_form_asks_every_question_and_none_must_be_answered(client, options):
    html = parsed(client.get(ADDRESS))
    assert len(html.all("fieldset")) == len(html.all("fieldset legend")) == 7
    assert html.all("[required]") == []
    assert html.one("form.simulator")["method"] == "get"
    assert html.all("#propositions") == []
    assert len(html.all('input[value=""][checked]')) == 7


def test_the_answers_propose_options_with_reasons_for_and_against(client, options):
    response = client.get(f"{ADDRESS}?statut=liberal&equipe=grande&gestion=non")
    html, shown = parsed(response), text_of(response)
    assert proposed(html) == ["msp", "hopital"]
    assert "L'équipe est grande." in shown
    assert "Il reste de la gestion." in shown
    assert "On y est salarié." not in shown
    assert "/exercer/comparer/?o=msp&o=hopital" in html.links()
    assert "/aides/simulateur/?mode=msp" in html.links()
    assert html.one('input[name="statut"][value="liberal"][checked]')
    assert f"{ADDRESS}?statut=liberal&gestion=non" in html.links()
    assert not response.cookies


def test_the_link_to_the_comparison_works(client, options):
    html = parsed(client.get(f"{ADDRESS}?equipe=grande"))
    address = html.one('a[href^="/exercer/comparer/?"]')["href"]
    assert "inconnue" not in text_of(client.get(address))


def test_an_empty_form_proposes_nothing_and_explains(client, options):
    response = client.get(f"{ADDRESS}?statut=&equipe=&lieu=")
    assert "Vous n'avez répondu à aucune question" in text_of(response)
    assert proposed(parsed(response)) == []
    assert "Vous n'avez répondu" not in text_of(client.get(ADDRESS))


def test_answers_that_decide_nothing_explain_it(client, options):
    response = client.get(f"{ADDRESS}?gestion=non")
    assert "plus de raisons pour que de raisons contre" in text_of(response)
    assert proposed(parsed(response)) == []


def test_drafts_are_never_proposed(client):
    PracticeOptionFactory(slug="brouillon", status="draft", fits=[("statut-liberal", 2, "Oui.")])
    assert proposed(parsed(client.get(f"{ADDRESS}?statut=liberal"))) == []


@pytest.mark.parametrize(
    "query",
    [
        "statut=roi", "statut=%00", "statut=liberal&statut=salarie", "x=1", "statut=" + "a" * 5000,
        "&".join(["statut=liberal"] * 100), "statut=%3Cscript%3Ealert(1)%3C/script%3E", "lieu=%FF",
    ],
)  # fmt: skip
def test_a_hostile_address_gives_the_form_and_a_message(client, options, query):
    response = client.get(f"{ADDRESS}?{query}")
    html = parsed(response)
    assert response.status_code == 200
    assert html.all('[role="alert"]')
    assert proposed(html) == []
    assert inline_code(html) == []
    assert len(html.all("fieldset")) == 7


def test_the_order_of_the_address_changes_nothing(client, options):
    one = parsed(client.get(f"{ADDRESS}?statut=liberal&equipe=grande"))
    other = parsed(client.get(f"{ADDRESS}?equipe=grande&statut=liberal"))
    assert proposed(one) == proposed(other) == ["msp", "hopital"]


def test_queries_do_not_grow(client, options):
    few = count_queries(lambda: client.get(f"{ADDRESS}?statut=liberal"))
    for number in range(30):
        PracticeOptionFactory(slug=f"option-{number}", fits=[("statut-liberal", 2, "Oui."), ("lieu-ville", 1, "Oui.")])
    content_version.bump()
    assert count_queries(lambda: client.get(f"{ADDRESS}?statut=liberal&lieu=ville")) == few <= MOST_QUERIES
    assert count_queries(lambda: client.get(ADDRESS)) == 1


def test_an_endless_address_gives_the_page_with_a_message(client, options):
    response = client.get(ADDRESS, QUERY_STRING="&" * 3000)
    assert response.status_code == 200
    assert "trop longue" in text_of(response)
