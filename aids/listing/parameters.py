"""The query string of the catalogue: read once into clean values, written back in one canonical form."""

from collections.abc import Mapping, Sequence

from django.http import HttpRequest

from aids.querysets import LEVEL_SCHEMES
from aids.specialties import Specialty
from aids.vocabulary import Form, Mode, Profile, TimeState
from guide.core import query_string
from guide.core.query_string import Values, shown

MAX_PAIRS = 60
MAX_MESSAGES = 3
MAX_WORDS_LENGTH = 100
MANY = ("profil", "mode", "zone", "forme", "financeur")
ONE = ("specialite", "departement", "commune", "q", "etat")
NAMES = ("profil", "specialite", "mode", "zone", "departement", "commune", "forme", "financeur", "q", "etat")
STATES = {"ouverte": TimeState.OPEN, "annoncee": TimeState.ANNOUNCED, "fermee": TimeState.CLOSED}
# What the vocabulary alone decides; places and funders are checked against the database.
CHOICES: Mapping[str, Sequence[str]] = {
    "profil": Profile.values,
    "specialite": Specialty.values,
    "mode": Mode.values,
    "zone": tuple(LEVEL_SCHEMES),
    "forme": Form.values,
    "etat": tuple(STATES),
}
_WRONG = {
    "profil": "Profil inconnu",
    "specialite": "Spécialité inconnue",
    "mode": "Mode d'exercice inconnu",
    "zone": "Zonage inconnu",
    "forme": "Forme d'aide inconnue",
    "etat": "«\u00a0etat\u00a0» vaut ouverte, annoncee ou fermee",
}


def parse(request: HttpRequest) -> tuple[Values, list[str]]:
    """Values by parameter, and what is wrong with them, in French; wrong ones are left out."""
    values, problems = query_string.parse(request, many=MANY, one=ONE, max_pairs=MAX_PAIRS)
    for name in list(values):
        if found := _problems(name, values[name]):
            problems += found
            del values[name]
    return values, problems


def _problems(name: str, kept: list[str]) -> list[str]:
    if name == "q" and any(len(value) > MAX_WORDS_LENGTH for value in kept):
        return [f"Cherchez avec {MAX_WORDS_LENGTH} caractères au plus."]
    if name == "zone" and len({LEVEL_SCHEMES.get(value) for value in kept}) < len(kept):
        return ["Une commune n'a qu'un classement dans chaque zonage\u00a0: choisissez un seul niveau de chaque."]
    wrong = [value for value in kept if value not in CHOICES.get(name, kept)]
    return [f"{_WRONG[name]}\u00a0: «\u00a0{shown(value)}\u00a0»." for value in wrong[:MAX_MESSAGES]]


def address(path: str, values: Mapping[str, Sequence[str]]) -> str:
    """`path` with its canonical query string: known order, sorted values."""
    return query_string.address(path, query_string.query(values, NAMES))
