"""One question to the directory: the query string read once, with what is wrong in it said in French."""

from typing import NamedTuple

from django.http import HttpRequest
from django.urls import reverse

from aids.vocabulary import Profile
from guide.core import query_string
from guide.core.query_string import shown
from guide.desk.choosing import Place, Question
from guide.desk.vocabulary import Subject
from guide.territories import holders
from guide.territories.enums import TerritoryKind
from guide.territories.holders import Held
from guide.territories.models import Territory

NAMES = ("departement", "commune", "profil", "sujet")
KINDS = {"departement": TerritoryKind.DEPARTMENT, "commune": TerritoryKind.COMMUNE}
UNKNOWN = {
    "departement": "Département inconnu dans cette région",
    "commune": "Commune inconnue dans cette région",
    "profil": "Profil inconnu",
    "sujet": "Sujet inconnu",
}


class Search(NamedTuple):
    """What is right in a query string, what is wrong, and the question that it makes."""

    values: dict[str, str]
    problems: list[str]
    departments: list[tuple[str, str]]
    question: Question

    def address(self, **changes: str) -> str:
        """The same question with other values ("" takes one away)."""
        return address_of({**self.values, **changes})


def address_of(values: dict[str, str]) -> str:
    """Canonical address of a question."""
    given = {name: [value] for name, value in values.items() if value}
    return query_string.address(reverse("desk:contact"), query_string.query(given, NAMES))


def read(request: HttpRequest) -> Search:
    """The question of a query string; never raises. Three queries at most."""
    given, problems = query_string.parse(request, many=(), one=NAMES, max_pairs=20)
    values = {name: kept[0] for name, kept in given.items()}
    rows = Territory.objects.live().of_kind(TerritoryKind.DEPARTMENT).order_by("search_name")
    departments = list(rows.values_list("code", "name"))
    known = {"departement": dict(departments), "profil": dict(Profile.choices), "sujet": dict(Subject.choices)}
    for name in [name for name in known if values.get(name, "") not in known[name] and name in values]:
        problems.append(_unknown(name, values.pop(name)))
    place = _place(values, problems)
    return Search(values, problems, departments, Question(place, values.get("profil", ""), values.get("sujet", "")))


def _place(values: dict[str, str], problems: list[str]) -> Place | None:
    """The commune, else the department; of two that disagree, the department is left aside."""
    if "commune" in values:
        commune = find(inner__kind=TerritoryKind.COMMUNE, inner__code=values["commune"])
        if commune is None:
            problems.append(_unknown("commune", values.pop("commune")))
        else:
            if values.get("departement", commune.department) != commune.department:
                problems.append(
                    f"{commune.name} n'est pas dans ce département\u00a0: voici les contacts de la commune."
                )
            values.pop("departement", None)
            return commune
    if "departement" in values:
        return find(inner__kind=TerritoryKind.DEPARTMENT, inner__code=values["departement"])
    return None


def find(**lookups) -> Place | None:
    """The visible place that lookups on the inner side of the closure name, with what holds it; one query."""
    held = holders.find(**lookups)
    return place_of(held) if held else None


def place_of(held: Held) -> Place:
    """A place as the choice of bodies needs it."""
    department = held.outer(TerritoryKind.DEPARTMENT)
    outers = frozenset(outer.pk for outer in held.outers)
    return Place(held.pk, held.kind, held.code, held.name, outers, department.code if department else "")


def _unknown(name: str, value: str) -> str:
    return f"{UNKNOWN[name]}\u00a0: «\u00a0{shown(value)}\u00a0»."
