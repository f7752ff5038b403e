"""The comparison: all the options by family, or those chosen in the address; hostile addresses give a page."""

import re

import pytest

from guide.editorial.models import Reference
from tests.aids.pages import queries, text_of
from tests.editorial.practice import PracticeOptionFactory
from tests.markup import tight
from tests.new_process import MOST_QUERIES

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


def header(html: str) -> list[str]:
    return re.findall(r'<td data-label="[^"]+"><a href="/exercer/([\w-]+)/"', tight(html))


def test_few_options_stand_in_one_table(client, options):
    html = tight(client.get(ADDRESS).content.decode())
    assert header(html) == ["msp", "hopital", "libre"]
    assert html.count("<table") == 1
    assert '<td data-label="Maison"><span>Partagée</span></td>' in html
    assert '<td data-label="Hôpital"><span>Non renseigné</span></td>' in html
    assert "Retirer" not in html


def test_a_criterion_that_nobody_answers_is_no_line(client, options):
    assert "Protection sociale" not in text_of(client.get(ADDRESS))


def test_many_options_stand_in_one_table_for_each_family(client, options):
    for number in range(4):
        PracticeOptionFactory(slug=f"salarie-{number}", family="salarie", points={"statut": "Salarié"})
    html = tight(client.get(ADDRESS).content.decode())
    assert html.count("<table") == 3
    assert header(html)[0] == "libre"


def test_the_address_chooses_and_each_can_be_taken_away(client, options):
    html = tight(client.get(f"{ADDRESS}?o=hopital&o=msp").content.decode())
    assert header(html) == ["msp", "hopital"]
    assert f'href="{ADDRESS}?o=hopital"' in html
    assert 'value="msp" checked' in html
    assert 'value="libre" checked' not in html


def test_one_option_alone_opens_the_choice_of_others(client, options):
    html = tight(client.get(f"{ADDRESS}?o=msp").content.decode())
    assert header(html) == ["msp"]
    assert '<details class="accordion" open>' in html
    assert f'href="{ADDRESS}"' in html


def test_an_unknown_option_is_said_and_the_others_compared(client, options):
    response = client.get(f"{ADDRESS}?o=msp&o=inconnue&o=%3Cscript%3E")
    html = tight(response.content.decode())
    assert header(html) == ["msp"]
    assert "Façon d'exercer inconnue" in text_of(response)
    assert "<script>" not in html


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
    assert "<h1" in response.content.decode()


def test_a_wrong_parameter_never_shows_the_whole_table(client, options):
    html = tight(client.get(f"{ADDRESS}?options=msp").content.decode())
    assert header(html) == []
    assert 'role="alert"' in html


def test_the_marks_of_newsletters_change_nothing(client, options):
    assert len(header(client.get(f"{ADDRESS}?utm_source=lettre").content.decode())) == 3


def test_the_sources_of_the_points_end_the_page(client):
    Reference.objects.create(code="a-2024", title="Étude", label="Étude, 2024", year="2024")
    PracticeOptionFactory(points={"revenu": "80 000 € [@a-2024]"})
    html = tight(client.get(ADDRESS).content.decode())
    assert 'href="#source-a-2024"' in html
    assert 'id="source-a-2024"' in html


def test_without_any_option_the_page_says_so(client):
    assert "Rien à comparer" in text_of(client.get(ADDRESS))


def test_queries_do_not_grow(client, options):
    few = queries(lambda: client.get(ADDRESS))
    for number in range(30):
        PracticeOptionFactory(slug=f"option-{number}", points={"statut": "Libéral", "gestion": "Aucune"})
    assert queries(lambda: client.get(f"{ADDRESS}?utm_source=x")) <= few <= MOST_QUERIES
