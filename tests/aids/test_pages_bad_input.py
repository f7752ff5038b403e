import pytest

from tests.aids.pages import text_of
from tests.markup import parsed

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("region")]
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
    for path in (SIMULATOR, MAP) if "commune" not in query and "departement" not in query else (SIMULATOR,):
        response = client.get(f"{path}?{query}")
        assert response.status_code == 200
        assert message in text_of(response)
        assert "En bref" not in text_of(response)


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
    body = text_of(client.get(f"{SIMULATOR}?{query}"))
    assert message in body


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
    response = client.get(f"{LIST}?{query}")
    assert response.status_code == 200
    assert message in text_of(response)
    assert parsed(response).all(".row__title") == []
    for address in ("/aides.csv", "/aides.json"):
        refused = client.get(f"{address}?{query}")
        assert refused.status_code == 400
        assert message in refused.content.decode()


def test_only_get_and_head_are_allowed(client):
    for path in (SIMULATOR, LIST, MAP, "/aides.csv", "/aides/flux.xml"):
        assert client.post(path).status_code == 405
        assert client.head(path).status_code in (200, 400)


def test_an_unchanged_page_answers_304_after_one_query(client):
    for path in (SIMULATOR, LIST, MAP):
        etag = client.get(path)["ETag"]
        assert client.get(path, headers={"If-None-Match": etag}).status_code == 304
