"""Reader of `contacts.yaml`: the bodies to call."""

from typing import Any

from django.db import models

from aids.vocabulary import Profile
from guide.core.imports.content.keys import Key, Parse, choice, codes, day, known_date, plain, text, url
from guide.core.imports.content.reader import Reader
from guide.desk.models import ContactBody
from guide.desk.vocabulary import BodyKind, Subject
from guide.territories.enums import TerritoryKind
from guide.territories.models import Territory


def _list_of(choices: type[models.TextChoices]) -> Parse:
    """A list of codes, kept in the order of the vocabulary."""
    order = list(choices.values)
    return lambda raw: sorted({choice(choices)(code) for code in codes()(raw)}, key=order.index)


def _departments(raw: Any) -> list[str]:
    found = sorted(set(codes(3)(raw)))
    known = set(Territory.objects.live().of_kind(TerritoryKind.DEPARTMENT).values_list("code", flat=True))
    if unknown := [code for code in found if code not in known]:
        raise ValueError(f"département « {unknown[0]} » inconnu : chargez d'abord les territoires")
    return found


def _read_departments(row: ContactBody) -> list[str]:
    return sorted(place.code for place in row.territories.all()) if row.pk else []


def _write_departments(row: ContactBody, found: list[str]) -> None:
    row.territories.set(Territory.objects.of_kind(TerritoryKind.DEPARTMENT).filter(code__in=found))


class ContactReader(Reader):
    """`contacts.yaml`, published as it comes."""

    path = "contacts.yaml"
    model = ContactBody
    identity = "code"
    prefetched = ("territories",)
    keys = (
        plain("code", text(60), required=True),
        plain("name", text(200), required=True),
        plain("kind", choice(BodyKind), required=True),
        Key("departments", _departments, _read_departments, _write_departments, late=True),
        plain("subjects", _list_of(Subject)),
        plain("profiles", _list_of(Profile)),
        plain("phone", text(30)),
        plain("email", text(200)),
        plain("website", url),
        plain("address", text(300)),
        plain("hours", text(200)),
        plain("summary", text(600)),
        plain("source", text(500), required=True),
        plain("source_url", url),
        plain("source_date", known_date),
        day("verified_on"),
    )
