"""The live aids, whole: their rules, their conflicts, and what a result says of each. Six queries for any number."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date

from aids.loading import AID_FIELDS, incompatibilities, rules_of
from aids.models import Aid, AidContact, AidStep
from aids.rules import AidRule, Incompatibility
from aids.vocabulary import Mark


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
    """What a result says of an aid beside its rules."""

    code: str
    name: str
    summary: str
    funder: str
    verified_on: date | None
    contacts: tuple[Contact, ...] = ()
    steps: tuple[Step, ...] = ()


@dataclass(frozen=True, slots=True)
class Catalogue:
    """All that the simulator reads of the aids."""

    rules: list[AidRule]
    conflicts: list[Incompatibility]
    sheets: dict[str, Sheet]


def load() -> Catalogue:
    """Every live aid, closed ones included (a result says why they are refused). Six queries."""
    aids = Aid.objects.live()
    rows = list(aids.order_by("name", "code").values(*AID_FIELDS, "summary", "funder__name", "verified_on"))
    keys = [row["pk"] for row in rows]
    contacts, steps = contacts_of(keys), steps_of(keys)
    sheets = {
        row["code"]: Sheet(
            row["code"],
            row["name"],
            row["summary"],
            row["funder__name"],
            row["verified_on"],
            tuple(contacts[row["pk"]]),
            tuple(steps[row["pk"]]),
        )
        for row in rows
    }
    return Catalogue(rules_of(rows), incompatibilities(aids), sheets)


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
