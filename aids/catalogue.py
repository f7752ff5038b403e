"""The live aids as pages need them: rules, conflicts, sheets, kept in memory for as long as nothing changes.

Every write that a visitor can see raises the content version, and so does an instant at which an aid begins or ends
(guide/core/content_version.py): what a process keeps is true for one version. A cold start asks one query for
the rules and one for the sheets.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from threading import Lock
from typing import Any, NamedTuple

from aids.loading import with_rules
from aids.models import Aid, AidContact, AidStep
from aids.rules import AidRule, Incompatibility
from aids.vocabulary import Mark
from guide.core.together import Part, read_together

_EXTRA = ("summary", "funder__code", "funder__name", "verified_on")
_CONFLICT = ("conflicts_before__second__code", "conflicts_before__note", "conflicts_before__mark")


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


class _Kept(NamedTuple):
    catalogue: Catalogue
    sheets: dict[str, Sheet] | None


_lock = Lock()
_kept: list[_Kept] = []


def current(version: str) -> Catalogue:
    """The catalogue at this content version; no query when it is already in memory, one otherwise."""
    return _current(version).catalogue


def with_sheets(version: str) -> tuple[Catalogue, dict[str, Sheet]]:
    """The catalogue and the sheets by code; no query when they are already in memory, two otherwise."""
    kept = _current(version)
    if kept.sheets is None:
        kept = _keep(kept._replace(sheets=_sheets(kept.catalogue.cards.values())))
    return kept.catalogue, kept.sheets


def _current(version: str) -> _Kept:
    with _lock:
        kept = _kept[0] if _kept and _kept[0].catalogue.version == version else None
    return kept or _keep(_Kept(_read(version), None))


def _keep(kept: _Kept) -> _Kept:
    with _lock:
        _kept[:] = [kept]
    return kept


def _read(version: str) -> Catalogue:
    """One query: aids with their conflicts, conditions, cases with their amounts."""
    rules: dict[str, AidRule] = {}
    cards: dict[str, Card] = {}
    conflicts = []
    for row, rule in with_rules(Aid.objects.live().order_by("name", "code"), *_EXTRA, *_CONFLICT):
        rules.setdefault(rule.code, rule)
        cards.setdefault(rule.code, _card(row))
        if row[_CONFLICT[0]]:
            pair = sorted((row["code"], row[_CONFLICT[0]]))
            conflicts.append(Incompatibility(*pair, row[_CONFLICT[1]], Mark(row[_CONFLICT[2]])))
    live = sorted(pair for pair in conflicts if {pair.first, pair.second} <= rules.keys())
    return Catalogue(version, tuple(rules.values()), tuple(live), cards)


def _card(row: dict[str, Any]) -> Card:
    return Card(row["pk"], row["code"], row["name"], *(row[name] for name in _EXTRA))


def _sheets(cards: Iterable[Card]) -> dict[str, Sheet]:
    cards = list(cards)
    keys = [card.pk for card in cards]
    contact_rows, step_rows = read_together(contact_part(keys), step_part(keys))
    contacts, steps = contacts_of(contact_rows), steps_of(step_rows)
    return {card.code: Sheet(card.code, card.name, tuple(contacts[card.pk]), tuple(steps[card.pk])) for card in cards}


def contact_part(keys: list[int]) -> Part:
    """What to read for `contacts_of`; `keys` are those of aids."""
    found = AidContact.objects.filter(aid__in=keys).order_by("aid", "position", "pk")
    return Part(found, ("aid", *Contact.__dataclass_fields__))


def contacts_of(rows: Iterable[tuple]) -> dict[int, list[Contact]]:
    """Contacts by primary key of the aid."""
    found = defaultdict(list)
    for aid, *values in rows:
        found[aid].append(Contact(*values))
    return found


def step_part(keys: list[int]) -> Part:
    """What to read for `steps_of`; `keys` are those of aids."""
    found = AidStep.objects.filter(aid__in=keys).order_by("aid", "position", "pk")
    return Part(found, ("aid", *Step.__dataclass_fields__))


def steps_of(rows: Iterable[tuple]) -> dict[int, list[Step]]:
    """Steps by primary key of the aid."""
    found = defaultdict(list)
    for aid, *values, mark in rows:
        found[aid].append(Step(*values, Mark(mark)))
    return found
