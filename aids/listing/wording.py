"""A search of the catalogue in French: its chips and its description."""

from django.utils.text import capfirst

from aids.listing.search import Search
from aids.reasons import label
from aids.vocabulary import ConditionKind as Kind
from aids.vocabulary import Form
from guide.territories.enums import Level
from guide.territories.prepositions import at, inside

_STATES = {"ouverte": "ouvertes", "annoncee": "annoncées", "fermee": "closes"}


def chips(search: Search) -> list[tuple[str, str]]:
    """(label, address without it) of each active filter."""
    return [
        (capfirst(words), search.address(without=(name, value)))
        for name, given in search.values.items()
        for value in given
        for words in [_words(search, name, value)]
    ]


def describe(search: Search) -> str:
    """`Aides aux médecins : interne, dans l'Indre`."""
    parts = [_words(search, name, value) for name, given in search.values.items() for value in given]
    return f"Aides aux médecins\u00a0: {', '.join(parts)}" if parts else "Aides aux médecins"


def _words(search: Search, name: str, value: str) -> str:
    if name in (Kind.PROFILE, Kind.SPECIALTY, Kind.MODE):
        return label(name, value)
    if name == "zone":
        return Level(value).label
    if name == "forme":
        return Form(value).label
    if name == "financeur":
        return search.funders[value]
    if name == "etat":
        return _STATES[value]
    if name == "commune":
        return at(search.places.commune.name)
    if name == "departement":
        department = search.places.department(value)
        return inside(department.kind, department.code, department.name)
    return f"«\u00a0{value}\u00a0»"
