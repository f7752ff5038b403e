"""What the contacts add to the pages of lower apps: whom to call about a place, a subject, places compared."""

from collections.abc import Iterable
from typing import Any, NamedTuple

from django import template

from aids.vocabulary import Profile
from guide.core.content_version import kept, version_of
from guide.desk.choosing import Question, choose, current, first_to_call
from guide.desk.contact_page import ContactCard, card
from guide.desk.search import address_of, department_of
from guide.territories.enums import TerritoryKind
from guide.territories.places import Held, held_of, main_departments

SHOWN = 3
ASTRIDE = (TerritoryKind.EPCI, TerritoryKind.LIVING_AREA, TerritoryKind.CPTS_AREA)  # may lie in several departments

register = template.Library()


class FirstCall(NamedTuple):
    """Whom to call first about a place, as a card; `all` is the address of the whole list."""

    place: str
    card: ContactCard
    all: str


@register.inclusion_tag("desk/_here.html", takes_context=True)
def contacts_here(context, territory_id: int) -> dict:
    """`{% contacts_here territory.pk %}`: the first three bodies to call about a place, and the way to the others."""
    version = version_of(context.get("request"))
    found = kept(version, f"contacts-place:{territory_id}", lambda: _here(territory_id, version))
    return dict(found)  # Django adds to the context of a tag


@register.inclusion_tag("desk/_first.html", takes_context=True)
def first_contact(context, territory_id: int) -> dict:
    """`{% first_contact territory.pk %}`: the one to call first about a place, from what `contacts_here` reads."""
    return contacts_here(context, territory_id)


def _here(territory: int, version: str) -> dict[str, Any]:
    held = held_of(territory, version)
    if held is None:
        return {"name": "", "cards": [], "all": ""}
    [place] = _places([held], version)
    return {"name": place.name, "cards": _first_cards(Question(place), version), "all": _whole(place)}


@register.inclusion_tag("desk/_for_subject.html", takes_context=True)
def contacts_for(context, subject: str) -> dict:
    """`{% contacts_for "aides" %}`: bodies of the whole region for a subject (guide.desk.vocabulary.Subject), and the
    page where one says a department."""
    cards = _first_cards(Question(subject=subject), version_of(context.get("request")))
    return {"cards": cards, "all": address_of({"sujet": subject})}


@register.inclusion_tag("desk/_compared.html", takes_context=True)
def contacts_compared(context, places: Iterable[Held], profile: str = "") -> dict:
    """`{% contacts_compared places profile %}`: whom to call first for each place of a comparison."""
    version = version_of(context.get("request"))
    calls = []
    for place in _places(places, version):
        question = Question(place, profile if profile in Profile.values else "")
        first = first_to_call(choose(current(version), question), question)
        if first:
            calls.append(FirstCall(place.name, card(first), _whole(place, question.profile)))
    return {"calls": calls}


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
