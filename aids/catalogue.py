"""The live aids as pages need them: rules, conflicts, sheets, kept in memory for as long as nothing changes.

Every write that a visitor can see raises the content version, and so does an instant at which an aid begins or ends
(guide/core/content_version.py): what a process keeps is true for one version.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from aids.loading import AID_FIELDS, incompatibilities, rules_of
from aids.models import Aid, AidContact, AidStep
from aids.rules import AidRule, Incompatibility
from aids.vocabulary import Mark
from guide.core.kept import kept

_EXTRA = ("summary", "funder__code", "funder__name", "verified_on")


@dataclass(frozen=True, slots=True)
class Contact:
    """Whom to call; what is not known is empty."""

    name: str
    role: str
    phone: str
    email: str
    url: str


@dataclass(frozen=True, slots=True)
class Step:
    """One step of an application; see aids.models.AidStep."""

    title: str
    text: str
    offset_days: int | None
    month: int | None
    day: int | None
    mark: Mark


@dataclass(frozen=True, slots=True)
class Card:
    """What a list says of an aid beside its rule."""

    pk: int
    code: str
    name: str
    summary: str
    funder_code: str
    funder: str
    verified_on: date | None


@dataclass(frozen=True, slots=True)
class Sheet:
    """What to do about an aid: whom to call, and the steps in their order."""

    code: str
    name: str
    contacts: tuple[Contact, ...] = ()
    steps: tuple[Step, ...] = ()


@dataclass(frozen=True, slots=True)
class Catalogue:
    """Every live aid, closed ones included, in the order of names, at one content version."""

    version: str
    rules: tuple[AidRule, ...]
    conflicts: tuple[Incompatibility, ...]
    cards: dict[str, Card]


def current(version: str) -> Catalogue:
    """The catalogue at this content version."""
    return kept(version, "aid-catalogue", lambda: _read(version))


def with_sheets(version: str) -> tuple[Catalogue, dict[str, Sheet]]:
    """The catalogue, and the sheets by code."""
    catalogue = current(version)
    return catalogue, kept(version, "aid-sheets", lambda: _sheets(catalogue.cards.values()))


def _read(version: str) -> Catalogue:
    live = Aid.objects.live().order_by("name", "code")
    rows = list(live.values(*AID_FIELDS, *_EXTRA))
    cards = {row["code"]: Card(row["pk"], row["code"], row["name"], *(row[name] for name in _EXTRA)) for row in rows}
    return Catalogue(version, tuple(rules_of(rows)), tuple(incompatibilities(live)), cards)


def _sheets(cards: Iterable[Card]) -> dict[str, Sheet]:
    cards = list(cards)
    keys = [card.pk for card in cards]
    contacts, steps = contacts_of(keys), steps_of(keys)
    return {card.code: Sheet(card.code, card.name, tuple(contacts[card.pk]), tuple(steps[card.pk])) for card in cards}


def contacts_of(keys: list[int]) -> dict[int, list[Contact]]:
    """Contacts by primary key of the aid; `keys` are those of aids."""
    found = defaultdict(list)
    rows = AidContact.objects.filter(aid__in=keys).order_by("aid", "position", "pk")
    for aid, *values in rows.values_list("aid", *Contact.__dataclass_fields__):
        found[aid].append(Contact(*values))
    return found


def steps_of(keys: list[int]) -> dict[int, list[Step]]:
    """Steps by primary key of the aid; `keys` are those of aids."""
    found = defaultdict(list)
    rows = AidStep.objects.filter(aid__in=keys).order_by("aid", "position", "pk")
    for aid, *values, mark in rows.values_list("aid", *Step.__dataclass_fields__):
        found[aid].append(Step(*values, Mark(mark)))
    return found
