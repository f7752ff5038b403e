from urllib.parse import quote, urlencode

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from structures.search import FILTERS
from tests.factories import StructureFactory
from tests.markup import inline_code, parsed

pytestmark = pytest.mark.django_db

WRONG = {
    "type=zzz": "Type de structure inconnu",
    "type=msp&type=zzz": "Type de structure inconnu",
    "type=MSP": "Type de structure inconnu",
    "departement=99": "Département inconnu",
    "departement=36&departement=": "",
    "commune=99999": "Code de commune inconnu",
    "commune=36046&rayon=abc": "Le rayon est un nombre entier",
    "commune=36046&rayon=0": "Le rayon est un nombre entier",
    "commune=36046&rayon=101": "Le rayon est un nombre entier",
    "commune=36046&rayon=1_0": "Le rayon est un nombre entier",
    f"commune=36046&rayon={quote('１２')}": "Le rayon est un nombre entier",
    "commune=36046&commune=36001": "n’accepte qu’une valeur",
    "commune=36046&lieu=la+chatre": "pas les deux",
    "lieu=introuvable": "Aucune commune trouvée",
    f"lieu={'a' * 500}": "Aucune commune trouvée",
    "lieu=!!!": "Aucune commune trouvée",
    "lieu=99999": "Aucune commune trouvée",
    "territoire=nulle-part": "Territoire inconnu",
    "mode=zzz": "Mode d’exercice inconnu",
    "specialite=zzz": "Spécialité ou profession inconnue",
    "recrute=oui": "« recrute » vaut 1 ou rien",
    "stage=0": "« stage » vaut 1 ou rien",
    f"q={'a' * 101}": "trop long",
    "q=!!!": "ni lettre ni chiffre",
    "q=a+b+c+d+e+f+g+h+i": "8 mots au plus",
    "bbox=1,2,3": "quatre nombres",
    "bbox=a,b,c,d": "quatre nombres",
    "bbox=nan,nan,nan,nan": "quatre nombres",
    "bbox=inf,0,1,1": "quatre nombres",
    "bbox=1e5,0,1,1": "quatre nombres",
    "bbox=3,48,1,46": "à l’envers",
    "bbox=1,46,1,46": "à l’envers",
    "bbox=-180,-90,180,90": "trop grand",
    "bbox=-181,46,2,47": "sort du globe",
    "bbox=1,46,2,91": "sort du globe",
    "tri=prix": "Tri inconnu",
    "page=abc": "n’existe pas",
    "page=-3": "n’existe pas",
    "page=0": "n’existe pas",
    "page=999999": "n’existe pas",
    "page=99999999999999999999": "n’existe pas",
    "departements=36": "Filtre inconnu",
    "q=%00": "illisible",
    "q=a%00b": "illisible",
    "q=%ff%fe": "illisible",
    "lieu=%C3%28": "illisible",
    f"q={'a' * 10_000}": "trop longue",
    "&".join(["type=msp"] * 500): "trop longue",
    "&" * 3000: "trop longue",
    "%": "Filtre inconnu",
    quote("type=<script>alert(1)</script>", safe="=()"): "<script>",
}  # fmt: skip
del WRONG["departement=36&departement="]


@pytest.fixture
def structure(la_chatre):
    return StructureFactory(name="Celle-ci", commune=la_chatre)


@pytest.mark.parametrize(("query", "message"), WRONG.items(), ids=[query[:40] for query in WRONG])
def test_wrong_value_gives_a_message_and_no_row(client, structure, query, message):
    response = client.get(f"/structures/?{query}")
    html = parsed(response)
    assert response.status_code == 200
    assert any(message in alert.plain.replace("'", "’") for alert in html.all('[role="alert"]'))
    assert html.all(".row__title") == []
    assert inline_code(html) == []


@pytest.mark.parametrize("address", ["/structures.geojson", "/structures.csv", "/carte/points.json"])
@pytest.mark.parametrize("query", WRONG, ids=[query[:40] for query in WRONG])
def test_wrong_value_at_a_data_address_answers_400_in_words(client, structure, address, query):
    response = client.get(f"{address}?{query}")
    assert response.status_code == 400
    assert b"Celle-ci" not in response.content
    assert len(response.content) > 20


@pytest.mark.parametrize(
    "query", ["departement=36&departement=", "q=++", "utm_source=lettre&fbclid=abc", "type=&page=1"]
)
def test_harmless_values_are_forgiven(client, structure, query):
    html = parsed(client.get(f"/structures/?{query}"))
    assert "Celle-ci" in html.text
    assert html.all('[role="alert"]') == []


def test_page_past_the_last_one_links_to_the_first(client, structure):
    html = parsed(client.get("/structures/?type=msp&page=2"))
    assert "La page 2 n'existe pas : il y a 1 page de résultats." in html.plain
    assert html.link("Aller à la première page") == "/structures/?type=msp"
    assert "Celle-ci" not in html


def test_message_keeps_the_right_filters_as_chips(client, structure):
    html = parsed(client.get("/structures/?type=msp&departement=99&q=celle"))
    assert "/structures/?type=msp" in html.links("main a")
    assert html.all(".row__title") == []


def test_only_reading_is_allowed(client, structure):
    assert client.post("/structures/").status_code == 405


VALUES = st.one_of(
    st.text(max_size=30),
    st.sampled_from(["msp", "36", "36046", "la chatre", "20", "1", "1,46,3,48", "nom", "distance", "liberal", ""]),
    st.integers().map(str),
    st.lists(st.floats(allow_nan=True), min_size=4, max_size=4).map(lambda box: ",".join(map(str, box))),
)
PAIRS = st.lists(
    st.tuples(st.one_of(st.sampled_from([one.name for one in FILTERS]), st.text(max_size=8)), VALUES), max_size=8
)


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(pairs=PAIRS)
def test_any_query_string_gives_a_page(client, structure, pairs):
    query = urlencode(pairs, errors="replace")
    page = client.get(f"/structures/?{query}")
    assert page.status_code == 200
    data = client.get(f"/carte/points.json?{query}")
    assert data.status_code in (200, 400)
    if data.status_code == 400:
        assert b"row__title" not in page.content


@settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(raw=st.binary(max_size=60))
def test_any_bytes_give_a_page(client, structure, raw):
    response = client.get("/structures/", QUERY_STRING=raw.decode("latin-1"))
    assert response.status_code == 200
