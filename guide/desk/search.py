"""One question to the directory: its parameters, and the place that they name."""

from dataclasses import dataclass

from django.http import HttpRequest
from django.urls import reverse

from aids.vocabulary import Profile
from guide.core.query_string import OneOf, capitalised, unknown
from guide.core.search import Filter, Search
from guide.desk.choosing import Question
from guide.desk.vocabulary import Subject
from guide.territories.enums import TerritoryKind
from guide.territories.models import Territory
from guide.territories.places import Held, find_held


@dataclass(frozen=True, kw_only=True)
class ContactFilter(Filter):
    """A part of the question. The form shows those that have a label, as selects; `nothing` is the empty choice."""

    nothing: str = ""


FILTERS = (
    ContactFilter(
        name="departement",
        label="Où\u00a0?",
        nothing="Toute la région",
        value=OneOf(
            lambda search: capitalised(search.departments),
            unknown("Département inconnu dans cette région"),
        ),
    ),
    ContactFilter(
        name="commune",
        value=OneOf(
            lambda search: capitalised((place.code, place.name) for place in [search.commune] if place),
            unknown("Commune inconnue dans cette région"),
        ),
    ),
    ContactFilter(
        name="profil",
        label="Vous êtes",
        nothing="Tous les profils",
        value=OneOf(capitalised(Profile.choices), unknown("Profil inconnu")),
    ),
    ContactFilter(
        name="sujet",
        label="Pour parler de",
        nothing="Tous les sujets",
        value=OneOf(capitalised(Subject.choices), unknown("Sujet inconnu")),
    ),
)


class ContactSearch(Search):
    """What an address asks of the directory."""

    parameters = FILTERS
    max_pairs = 20
    in_order_given = True
    departments: list[tuple[str, str]] = []
    commune: Held | None = None
    place: Held | None = None

    def prepare(self, request: HttpRequest) -> None:
        rows = Territory.objects.live().of_kind(TerritoryKind.DEPARTMENT).order_by("search_name")
        self.departments = list(rows.values_list("code", "name"))
        if "commune" in self.values:
            self.commune = find_held(inner__kind=TerritoryKind.COMMUNE, inner__code=self.one("commune"))

    def settle(self) -> None:
        """The place is the commune, else the department; of two that disagree, the department is left aside."""
        self.place = self.commune
        if self.commune:
            own = department_of(self.commune)
            [department] = self.values.pop("departement", [own])
            if department != own:
                self.messages.append(
                    f"{self.commune.name} n'est pas dans ce département\u00a0: voici les contacts de la commune."
                )
        elif "departement" in self.values:
            self.place = find_held(inner__kind=TerritoryKind.DEPARTMENT, inner__code=self.one("departement"))

    @property
    def question(self) -> Question:
        return Question(self.place, self.one("profil"), self.one("sujet"))


def address_of(values: dict[str, str]) -> str:
    """Canonical address of a question; "" answers nothing."""
    return ContactSearch(reverse("desk:contact")).address(**values)


def department_of(place: Held) -> str:
    """Code of the department that holds a place, or ""."""
    department = place.outer(TerritoryKind.DEPARTMENT)
    return department.code if department else ""
