from urllib.parse import urlencode

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from aids.listing.filters import FILTERS
from aids.simulator.questions import PARAMETERS
from tests.aids.pages import small_region, text_of
from tests.factories import RegionFactory

pytestmark = pytest.mark.django_db
SIMULATOR, LIST, MAP = "/aides/simulateur/", "/aides/", "/aides/carte/"


@pytest.mark.parametrize(
    ("query", "message"),
    [
        ("profil=nouveau", "La réponse « nouveau » n'existe pas"),
        ("profil=" + "x" * 3000, "n'existe pas"),
        ("specialite=interne", "n'existe pas"),
        ("secteur=secteur-1&secteur=secteur-2", "n'accepte qu'une réponse"),
        ("premiere-installation=oui&premiere-installation=non", "n'accepte qu'une réponse"),
        ("date=1900-01-01", "Une date du"),
        ("date=9999-12-31", "Une date du"),
        ("date=2026-02-30", "n'est pas une date"),
        ("date-installation=hier", "n'est pas une date"),
        ("commune=75056", "Commune inconnue dans cette région"),
        ("departement=75", "Département inconnu dans cette région"),
        ("lieu=Marseille", "Aucune commune de la région"),
        ("demi-journees=-1", "Un nombre entier de 0 à 14"),
        ("age=9999999999", "Un nombre entier de 18 à 99"),
        ("point=<script>", "Point à vérifier illisible"),
        ("inconnu=1", "Question inconnue"),
        ("profil=interne%00", "illisible"),
        ("&".join(["profil=interne"] * 500), "trop longue"),
        ("profil=" + "x" * 10_000, "trop longue"),
    ],
)
def test_the_simulator_says_what_is_wrong(client, query, message):
    small_region()
    for path in (SIMULATOR, MAP) if "commune" not in query and "departement" not in query else (SIMULATOR,):
        response = client.get(f"{path}?{query}")
        assert response.status_code == 200
        assert message in text_of(response)
        assert "Vous pouvez obtenir" not in text_of(response)


@pytest.mark.parametrize(
    ("query", "message"),
    [
        ("premiere-installation=oui&profil=installe-region", "l'une des deux est fausse"),
        ("profil=interne&profil=retraite", "à la fois en études et déjà installé ou retraité"),
        ("mode=salarie&secteur=secteur-1", "votre exercice est salarié"),
        ("commune=36901&departement=18", "la commune seule est retenue"),
        ("profil=interne&mode=cumul-emploi-retraite", "retraite déjà prise"),
    ],
)
def test_contradictions_are_told_with_the_result(client, query, message):
    small_region()
    body = text_of(client.get(f"{SIMULATOR}?{query}"))
    assert message in body
    assert "Vous pouvez obtenir" in body


@pytest.mark.parametrize(
    ("query", "message"),
    [
        ("profil=nouveau", "Profil inconnu"),
        ("zone=ZIP&zone=ZAC", "un seul niveau"),
        ("zone=ZIPP", "Zonage inconnu"),
        ("etat=ouvert", "vaut ouverte, annoncee ou fermee"),
        ("commune=75056", "Commune inconnue"),
        ("departement=75", "Département inconnu"),
        ("commune=36901&departement=18", "n'est pas dans ce département"),
        ("financeur=moi", "Financeur inconnu"),
        ("forme=cadeau", "Forme d'aide inconnue"),
        ("q=a&q=b", "n'accepte qu'une valeur"),
        ("q=" + "a" * 200, "100 caractères au plus"),
        ("page=2", "Filtre inconnu"),
        ("&".join(["profil=interne"] * 500), "trop longue"),
    ],
)
def test_the_catalogue_says_what_is_wrong_and_never_shows_the_whole_table(client, query, message):
    small_region()
    response = client.get(f"{LIST}?{query}")
    assert response.status_code == 200
    assert message in text_of(response)
    assert "row__title" not in response.content.decode()
    for address in ("/aides.csv", "/aides.json"):
        refused = client.get(f"{address}?{query}")
        assert refused.status_code == 400
        assert message in refused.content.decode()


WORDS = st.one_of(
    st.sampled_from(
        ["interne", "retraite", "msp", "liberal", "secteur-1", "oui", "non", "36", "36901", "ZIP", "HZ", "bourse", "0"]
    ),
    st.text(max_size=40),
    st.dates().map(str),
    st.integers().map(str),
)
NAMES = st.one_of(st.sampled_from([one.name for one in (*PARAMETERS, *FILTERS)]), st.text(max_size=8))


@given(pairs=st.lists(st.tuples(NAMES, WORDS), max_size=8))
@settings(max_examples=120, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_no_query_string_is_an_error_of_the_server(client, pairs):
    query = urlencode(pairs, errors="surrogatepass")
    for path in (SIMULATOR, LIST, MAP):
        assert client.get(f"{path}?{query}").status_code in (200, 302)
    for path in ("/aides.csv", "/aides.json", "/aides/simulateur.ics"):
        assert client.get(f"{path}?{query}").status_code in (200, 400)


def test_only_get_and_head_are_allowed(client):
    RegionFactory()
    for path in (SIMULATOR, LIST, MAP, "/aides.csv", "/aides/flux.xml"):
        assert client.post(path).status_code == 405
        assert client.head(path).status_code in (200, 400)


def test_an_unchanged_page_answers_304_after_one_query(client):
    RegionFactory()
    for path in (SIMULATOR, LIST, MAP):
        etag = client.get(path)["ETag"]
        assert client.get(path, headers={"If-None-Match": etag}).status_code == 304
