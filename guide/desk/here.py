"""Contacts on the pages of others: a place, a subject."""

from typing import Any

from guide.desk.cards import card
from guide.desk.choosing import Question, choose
from guide.desk.directory import current
from guide.desk.search import address_of, find
from guide.territories.enums import TerritoryKind

SHOWN = 3


def of_place(territory: int, version: str) -> dict[str, Any]:
    """The first bodies to call about a place (primary key), and the page of all of them; one query."""
    place = find(inner=territory)
    if place is None:
        return {"name": "", "cards": [], "all": ""}
    chosen = choose(current(version), Question(place))
    whole = {"commune": place.code} if place.kind == TerritoryKind.COMMUNE else {"departement": place.department}
    return {
        "name": place.name,
        "cards": [card(body) for _, body in chosen[:SHOWN]],
        "all": address_of(whole),
    }


def of_subject(subject: str, version: str) -> dict[str, Any]:
    """The bodies of the whole region that help with a subject, and the page where one says a department."""
    chosen = choose(current(version), Question(subject=subject))
    return {"cards": [card(body) for _, body in chosen[:SHOWN]], "all": address_of({"sujet": subject})}
