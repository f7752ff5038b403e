"""The comparison: all the options by family, or those chosen in the address; hostile addresses give a page."""

import pytest

from guide.editorial.models import Reference
from tests.aids.pages import text_of
from tests.editorial.practice import PracticeOptionFactory
from tests.markup import Part, inline_code, parsed
from tests.new_process import MOST_QUERIES, count_queries

pytestmark = pytest.mark.django_db
ADDRESS = "/exercer/comparer/"


@pytest.fixture
def options():
    return [
        PracticeOptionFactory(
            slug="msp", title="Maison", family="coordonne", points={"statut": "Libéral", "gestion": "Partagée"}
        ),
        PracticeOptionFactory(slug="hopital", title="Hôpital", family="salarie", points={"statut": "Agent public"}),
        PracticeOptionFactory(slug="libre", title="Seul", family="liberal", points={"statut": "Indépendant"}),
    ]


def read(client, query: str = "") -> Part:
    return parsed(client.get(f"{ADDRESS}{query}"))


def header(html: Part) -> list[str]:
    return [address.split("/")[2] for address in html.links("td[data-label] a")]


def test_few_options_stand_in_one_table(client, options):
    html = read(client)
    assert header(html) == ["msp", "hopital", "libre"]
    assert len(html.all("table")) == 1
    assert "Partagée" in html.texts('td[data-label="Maison"]')
    assert "Non renseigné" in html.texts('td[data-label="Hôpital"]')
    assert "Retirer" not in html


def test_a_criterion_that_nobody_answers_is_no_line(client, options):
    assert "Protection sociale" not in text_of(client.get(ADDRESS))


def test_many_options_stand_in_one_table_for_each_family(client, options):
    for number in range(4):
        PracticeOptionFactory(slug=f"salarie-{number}", family="salarie", points={"statut": "Salarié"})
    html = read(client)
    assert len(html.all("table")) == 3
    assert header(html)[0] == "libre"


def test_the_address_chooses_and_each_can_be_taken_away(client, options):
    html = read(client, "?o=hopital&o=msp")
    assert header(html) == ["msp", "hopital"]
    assert f"{ADDRESS}?o=hopital" in html.links()
    assert html.values("input[checked]", "value") == ["msp", "hopital"]


def test_one_option_alone_opens_the_choice_of_others(client, options):
    html = read(client, "?o=msp")
    assert header(html) == ["msp"]
    assert html.one("details.accordion[open]")
    assert ADDRESS in html.links()


def test_an_unknown_option_is_said_and_the_others_compared(client, options):
    response = client.get(f"{ADDRESS}?o=msp&o=inconnue&o=%3Cscript%3E")
    html = parsed(response)
    assert header(html) == ["msp"]
    assert "Façon d'exercer inconnue" in text_of(response)
    assert inline_code(html) == []


def test_a_draft_is_unknown(client, options):
    PracticeOptionFactory(slug="brouillon", title="Brouillon", status="draft")
    shown = text_of(client.get(f"{ADDRESS}?o=brouillon"))
    assert "Façon d'exercer inconnue" in shown
    assert "Brouillon" not in shown


@pytest.mark.parametrize(
    "query",
    [
        "o=", "o=%00", "o=%FF", "x=1", "o=msp&o=msp", "o=" + "a" * 5000, "&".join(["o=msp"] * 200),
        "o[]=msp", "o=msp;drop", "O=msp", "o=MSP", "o=../../etc", "page=2",
    ],
)  # fmt: skip
def test_a_hostile_address_gives_a_page(client, options, query):
    response = client.get(f"{ADDRESS}?{query}")
    assert response.status_code == 200
    assert parsed(response).one("h1").text


def test_a_wrong_parameter_never_shows_the_whole_table(client, options):
    html = read(client, "?options=msp")
    assert header(html) == []
    assert html.all('[role="alert"]')


def test_the_marks_of_newsletters_change_nothing(client, options):
    assert len(header(read(client, "?utm_source=lettre"))) == 3


def test_the_sources_of_the_points_end_the_page(client):
    Reference.objects.create(code="a-2024", title="Étude", label="Étude, 2024", year="2024")
    PracticeOptionFactory(points={"revenu": "80 000 € [@a-2024]"})
    html = read(client)
    assert "#source-a-2024" in html.links("td a")
    assert "Étude" in html.one("#source-a-2024").text


def test_without_any_option_the_page_says_so(client):
    assert "Rien à comparer" in text_of(client.get(ADDRESS))


def test_queries_do_not_grow(client, options):
    few = count_queries(lambda: client.get(ADDRESS))
    for number in range(30):
        PracticeOptionFactory(slug=f"option-{number}", points={"statut": "Libéral", "gestion": "Aucune"})
    assert count_queries(lambda: client.get(f"{ADDRESS}?utm_source=x")) <= few <= MOST_QUERIES
