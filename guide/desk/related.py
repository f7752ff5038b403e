"""Contacts related to the page of another: a place, a subject."""

from collections.abc import Iterable
from typing import Any, NamedTuple

from aids.vocabulary import Profile
from guide.core.content_version import kept
from guide.desk.cards import ContactCard, card
from guide.desk.choosing import Question, choose, first_to_call
from guide.desk.directory import current
from guide.desk.search import address_of, department_of
from guide.territories.enums import TerritoryKind
from guide.territories.places import Held, held_of, main_departments

SHOWN = 3
ASTRIDE = (TerritoryKind.EPCI, TerritoryKind.LIVING_AREA, TerritoryKind.CPTS_AREA)  # may lie in several departments


def of_place(territory: int, version: str) -> dict[str, Any]:
    """The first bodies to call about a place (primary key), and the page of all of them."""
    held = held_of(territory, version)
    if held is None:
        return {"name": "", "cards": [], "all": ""}
    [place] = _places([held], version)
    return {"name": place.name, "cards": _first_cards(Question(place), version), "all": _whole(place)}


class FirstCall(NamedTuple):
    """Whom to call first about a place, as a card; `all` is the address of the whole list."""

    place: str
    card: ContactCard
    all: str


def of_places(places: Iterable[Held], profile: str, version: str) -> list[FirstCall]:
    """For each place, the body to call first for a profile ("": any)."""
    found = []
    for place in _places(places, version):
        question = Question(place, profile if profile in Profile.values else "")
        first = first_to_call(choose(current(version), question), question)
        if first:
            found.append(FirstCall(place.name, card(first), _whole(place, question.profile)))
    return found


def of_subject(subject: str, version: str) -> dict[str, Any]:
    """The bodies of the whole region that help with a subject, and the page where one says a department."""
    return {"cards": _first_cards(Question(subject=subject), version), "all": address_of({"sujet": subject})}


def _first_cards(question: Question, version: str) -> list[ContactCard]:
    return [card(body) for _, body in choose(current(version), question)[:SHOWN]]


def _places(found: Iterable[Held], version: str) -> list[Held]:
    """Places with a department each: one that lies in several asks where most people live."""
    found = list(found)
    astride = [one.pk for one in found if one.kind in ASTRIDE and not department_of(one)]
    if not astride:
        return found
    name = f"main-departments:{'-'.join(map(str, astride))}"
    main = kept(version, name, lambda: main_departments(astride))
    return [one._replace(outers=(*one.outers, main[one.pk])) if one.pk in main else one for one in found]


def _whole(place: Held, profile: str = "") -> str:
    where = {"commune": place.code} if place.kind == TerritoryKind.COMMUNE else {"departement": department_of(place)}
    return address_of({**where, "profil": profile})
