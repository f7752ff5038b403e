"""The live aids as pages need them: rules, conflicts, sheets, kept in memory for as long as nothing changes.

Every write that a visitor can see raises the content version, and so does an instant at which an aid begins or ends
(guide/core/content_version.py): what a process keeps is true for one version.
"""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date

from aids.loading import AID_FIELDS, incompatibilities, rules_of
from aids.models import Aid, AidContact, AidStep
from aids.rules import AidRule, Incompatibility
from aids.vocabulary import Mark
from guide.core.content_version import kept

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
class Sheet:
    """What pages say of an aid beside its rule: who pays it, whom to call, the steps in their order."""

    code: str
    name: str
    summary: str = ""
    funder_code: str = ""
    funder: str = ""
    verified_on: date | None = None
    contacts: tuple[Contact, ...] = ()
    steps: tuple[Step, ...] = ()


@dataclass(frozen=True, slots=True)
class Catalogue:
    """Every live aid, closed ones included, in the order of names, at one content version; `sheets` by code."""

    version: str
    rules: tuple[AidRule, ...]
    conflicts: tuple[Incompatibility, ...]
    sheets: dict[str, Sheet]


def current(version: str) -> Catalogue:
    """The catalogue at this content version."""
    return kept(version, "aid-catalogue", lambda: _read(version))


def _read(version: str) -> Catalogue:
    live = Aid.objects.live().order_by("name", "code")
    rows = list(live.values(*AID_FIELDS, *_EXTRA))
    keys = [row["pk"] for row in rows]
    contacts, steps = contacts_of(keys), steps_of(keys)
    sheets = {
        row["code"]: Sheet(
            row["code"],
            row["name"],
            *(row[name] for name in _EXTRA),
            contacts=tuple(contacts[row["pk"]]),
            steps=tuple(steps[row["pk"]]),
        )
        for row in rows
    }
    return Catalogue(version, tuple(rules_of(rows)), tuple(incompatibilities(live)), sheets)


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
