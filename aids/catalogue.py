"""The live aids as pages need them: rules, conflicts, sheets, kept in memory for as long as nothing changes.

Every write that a visitor can see raises the content version; one query tells whether what this process keeps is
still true, and any process can read it again. A cold start asks three queries for the rules, two for the sheets.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from threading import Lock
from typing import Any, NamedTuple

from django.db.models import Count, IntegerField, Max, Subquery, Sum

from aids.loading import AID_FIELDS, rules_of
from aids.models import Aid, AidContact, AidStep
from aids.rules import AidRule, Incompatibility
from aids.vocabulary import Mark
from guide.publishing.models import ContentVersion

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
    """Every live aid, closed ones included, in the order of names."""

    key: tuple
    rules: tuple[AidRule, ...]
    conflicts: tuple[Incompatibility, ...]
    cards: dict[str, Card]


class _Kept(NamedTuple):
    catalogue: Catalogue
    sheets: dict[str, Sheet] | None


_lock = Lock()
_kept: list[_Kept] = []


def current() -> Catalogue:
    """The catalogue; one query when it is already in memory, four otherwise."""
    return _current().catalogue


def with_sheets() -> tuple[Catalogue, dict[str, Sheet]]:
    """The catalogue and the sheets by code; one query when they are already in memory, six otherwise."""
    kept = _current()
    if kept.sheets is None:
        kept = _keep(kept._replace(sheets=_sheets(kept.catalogue.cards.values())))
    return kept.catalogue, kept.sheets


def _current() -> _Kept:
    key = _key()
    with _lock:
        kept = _kept[0] if _kept and _kept[0].catalogue.key == key else None
    return kept or _keep(_Kept(_read(key), None))


def _keep(kept: _Kept) -> _Kept:
    with _lock:
        _kept[:] = [kept]
    return kept


def _key() -> tuple:
    """What changes when a live aid does: the version of the content, and which aids are live right now."""
    version = Subquery(ContentVersion.objects.filter(pk=1).values("number")[:1], output_field=IntegerField())
    found = Aid.objects.live().aggregate(
        count=Count("pk"), keys=Sum("pk"), changed=Max("updated_at"), version=Max(version)
    )
    return tuple(found.values())


def _read(key: tuple) -> Catalogue:
    """Three queries: aids with their conflicts, conditions, cases with their amounts."""
    rows: dict[int, dict[str, Any]] = {}
    conflicts = []
    joined = Aid.objects.live().order_by("name", "code").values(*AID_FIELDS, *_EXTRA, *_CONFLICT)
    for row in joined:
        rows.setdefault(row["pk"], row)
        if row[_CONFLICT[0]]:
            pair = sorted((row["code"], row[_CONFLICT[0]]))
            conflicts.append(Incompatibility(*pair, row[_CONFLICT[1]], Mark(row[_CONFLICT[2]])))
    rules = tuple(rules_of(list(rows.values())))
    codes = {rule.code for rule in rules}
    live = sorted(pair for pair in conflicts if {pair.first, pair.second} <= codes)
    return Catalogue(key, rules, tuple(live), {row["code"]: _card(row) for row in rows.values()})


def _card(row: dict[str, Any]) -> Card:
    return Card(row["pk"], row["code"], row["name"], *(row[name] for name in _EXTRA))


def _sheets(cards: Iterable[Card]) -> dict[str, Sheet]:
    cards = list(cards)
    keys = [card.pk for card in cards]
    contacts, steps = contacts_of(keys), steps_of(keys)
    return {card.code: Sheet(card.code, card.name, tuple(contacts[card.pk]), tuple(steps[card.pk])) for card in cards}


def contacts_of(keys: list[int]) -> dict[int, list[Contact]]:
    """Contacts by primary key of the aid; one query."""
    found = defaultdict(list)
    rows = AidContact.objects.filter(aid__in=keys).order_by("aid", "position", "pk")
    for aid, *values in rows.values_list("aid", *Contact.__dataclass_fields__):
        found[aid].append(Contact(*values))
    return found


def steps_of(keys: list[int]) -> dict[int, list[Step]]:
    """Steps by primary key of the aid; one query."""
    found = defaultdict(list)
    rows = AidStep.objects.filter(aid__in=keys).order_by("aid", "position", "pk")
    for aid, *values, mark in rows.values_list("aid", *Step.__dataclass_fields__):
        found[aid].append(Step(*values, Mark(mark)))
    return found
