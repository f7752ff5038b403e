"""One search of the catalogue and its place: the same for the page and the files."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date

from django.db.models import Exists, OuterRef, Q
from django.http import HttpRequest
from django.utils import timezone
from django.utils.text import capfirst

from aids.catalogue import Catalogue, current
from aids.listing.filters import FILTERS, STATES, AidFilter
from aids.models import Aid
from aids.practice_places import named
from aids.querysets import LEVEL_SCHEMES, AidQuerySet, Answer, territory, zone
from aids.rules import PracticePlace, Situation, ZoningState
from aids.vocabulary import TimeState
from guide.core.content_version import version_of
from guide.core.search import Search
from guide.territories import zonings
from guide.territories.enums import Level, TerritoryKind
from guide.territories.models import Containment, Territory
from guide.territories.places import PlaceRow, place_rows
from guide.territories.zonings import Answer as Known


@dataclass(slots=True)
class SearchedPlace:
    """Departments, the chosen commune and what holds it, and its zonings: level by scheme, when sure."""

    departments: tuple[PlaceRow, ...]
    commune: PlaceRow | None = None
    holders: frozenset[str] = frozenset()
    levels: dict[str, str] = field(default_factory=dict)

    def department(self, code: str) -> PlaceRow | None:
        return next((row for row in self.departments if row.code == code), None)

    def in_each(self, zones: Iterable[str]) -> dict[str, str]:
        """Level by scheme: those asked for come before those of the commune."""
        return self.levels | {str(LEVEL_SCHEMES[level]): level for level in zones}


def _find(commune: str, day: date) -> SearchedPlace:
    """The departments and the commune of that code, with its zonings on `day`."""
    wanted = Q(kind=TerritoryKind.DEPARTMENT)
    if commune:
        links = Containment.objects.filter(inner__kind=TerritoryKind.COMMUNE, inner__code=commune)
        wanted |= Q(pk__in=links.values("outer"))
    rows = place_rows(Territory.objects.live().filter(wanted).order_by("kind", "code"))
    departments = tuple(row for row in rows if row.kind == TerritoryKind.DEPARTMENT)
    chosen = next((row for row in rows if commune and row.kind == TerritoryKind.COMMUNE and row.code == commune), None)
    if chosen is None:
        return SearchedPlace(departments)
    holders = frozenset(
        f"{row.kind}:{row.code}" for row in rows if row.kind != TerritoryKind.DEPARTMENT or row.pk == chosen.parent_id
    )
    return SearchedPlace(departments, chosen, holders, _levels(chosen.pk, day))


def _levels(commune: int, day: date) -> dict[str, str]:
    """The level of the whole commune by scheme, "HZ" when it is known to be outside."""
    found = {}
    for state in zonings.states([commune], day)[commune]:
        if state.answer == Known.OUTSIDE:
            found[state.scheme.value] = Level.HZ.value
        elif state.answer == Known.LEVEL and len(state.rows) == 1 and not state.rows[0].partial:
            found[state.scheme.value] = state.rows[0].level.value
    return found


def _of_department(
    code: str, holders: Mapping[str, frozenset[str]], zonings: Mapping[str, ZoningState]
) -> PracticePlace:
    """A department as the engine reads it; `holders` are the named territories that touch each department."""
    itself = f"department:{code}"
    touching = holders.get(code, frozenset()) | {itself}
    inside = {name for name in touching if name.startswith("region:")} | {itself}
    return PracticePlace(code, code, frozenset(inside), touching, zonings)


def touched(territories: Iterable[str]) -> dict[str, frozenset[str]]:
    """By code of department, named territories ("kind:code") that hold it or share a commune with it."""
    links = Containment.objects.filter(
        named(territories),
        inner__kind__in=[TerritoryKind.COMMUNE, TerritoryKind.DEPARTMENT],
        inner__outer_links__outer__kind=TerritoryKind.DEPARTMENT,
    ).order_by()
    found = defaultdict(set)
    for kind, code, department in links.values_list(
        "outer__kind", "outer__code", "inner__outer_links__outer__code"
    ).distinct():
        found[department].add(f"{kind}:{code}")
    return {department: frozenset(names) for department, names in found.items()}


class AidSearch(Search):
    """What an address asks of the catalogue; `holders` are the named territories that touch each department."""

    parameters = FILTERS
    in_order_given = True
    searched: SearchedPlace
    catalogue: Catalogue
    day: date
    holders: dict[str, frozenset[str]] = {}

    def prepare(self, request: HttpRequest) -> None:
        self.day = timezone.localdate()
        self.catalogue = current(version_of(request))
        self.searched = _find(self.one("commune"), self.day)

    def settle(self) -> None:
        """One level in each zoning; a commune already says its department."""
        levels = self.values.get("zone", [])
        if len({LEVEL_SCHEMES[level] for level in levels}) < len(levels):
            self.messages.append(
                "Une commune n'a qu'un classement dans chaque zonage\u00a0: choisissez un seul niveau de chaque."
            )
            del self.values["zone"]
        commune = self.searched.commune
        if commune and "departement" in self.values:
            department = self.searched.department(self.values.pop("departement")[0])
            if department.pk != commune.parent_id:
                wrong = f"{commune.name} n'est pas dans ce département"
                self.messages.append(f"{wrong}\u00a0: choisissez l'un ou l'autre.")

    @property
    def funders(self) -> dict[str, str]:
        """Names of the funders of live aids, by code."""
        return {sheet.funder_code: sheet.funder for sheet in self.catalogue.sheets.values()}

    @property
    def state(self) -> TimeState | None:
        """The state asked for; without it, closed aids are left out."""
        return STATES.get(self.one("etat"))

    def words(self, filter: AidFilter, value: str) -> str:
        """A value in the middle of a sentence."""
        return filter.words(self, value) if filter.words else self.labels(filter.name)[value]

    def chip(self, filter: AidFilter, value: str) -> str:
        return capfirst(self.words(filter, value))

    @property
    def description(self) -> str:
        """`Aides aux médecins : interne, dans l'Indre`."""
        parts = [self.words(one, value) for one in self.filters for value in self.values[one.name]]
        return f"Aides aux médecins\u00a0: {', '.join(parts)}" if parts else "Aides aux médecins"

    def worded(self) -> AidQuerySet:
        """Live aids that hold the words, whatever the other filters, in the order of names."""
        return self.narrowed(Aid.objects.live().order_by("name", "code"), ["q"])

    def queryset(self) -> AidQuerySet:
        """Live aids that no filter leaves out; closed ones only when they are asked for."""
        aids = self.filtered(Aid.objects.live().order_by("name", "code")).fitting(self._answers())
        if self.place_row:
            aids = aids.without_replaced(self.place_row.pk, self.day)
        if self.state:
            return aids
        return aids.exclude(pk__in=Aid.objects.in_state(TimeState.CLOSED, self.day).values("pk"))

    def whole(self) -> AidQuerySet:
        """The aids of a file: those found, and without any filter all of them, closed ones included."""
        return self.queryset() if self.values or not self.is_valid else self.worded()

    def codes(self) -> tuple[set[str], set[str]]:
        """Codes of the aids found, and of those that hold the words whatever the other filters."""
        is_found = Exists(self.queryset().order_by().filter(pk=OuterRef("pk")))
        rows = list(self.worded().annotate(is_found=is_found).values_list("code", "is_found"))
        return {code for code, found in rows if found}, {code for code, _ in rows}

    @property
    def place_row(self) -> PlaceRow | None:
        return self.searched.commune or self.searched.department(self.one("departement"))

    def _answers(self) -> list[Answer]:
        answers = [one.answer(self.values[one.name]) for one in self.filters if one.answer]
        if self.place_row:
            answers.append(territory(self.place_row.pk))
        levels = self.searched.in_each(self.values.get("zone", ()))
        return answers + [zone(level, scheme) for scheme, level in levels.items()]

    def situation(self) -> Situation:
        situation = Situation(place=self.place(self.one("departement"), self.values.get("zone", ())))
        for one in self.filters:
            if one.answer:
                situation = one.situate(self, situation, self.values[one.name])
        return situation

    def place(self, department: str, zones) -> PracticePlace:
        """The place of the engine: that of the commune or department, in the asked levels.

        Without any place the engine is given none of its territories, which refuses nobody.
        """
        zoned = {
            scheme: ZoningState(frozenset() if level == Level.HZ else frozenset({level}))
            for scheme, level in self.searched.in_each(zones).items()
        }
        commune = self.searched.commune
        if commune:
            return PracticePlace(commune.code, commune.name, self.searched.holders, self.searched.holders, zoned)
        if department:
            return _of_department(department, self.holders, zoned)
        return PracticePlace("", "", frozenset(), _EVERYWHERE, zoned)


class _Everywhere(frozenset):
    """Stands for "any territory may be touched": no place was said, so no perimeter is refused."""

    def __and__(self, other):
        return other


_EVERYWHERE = _Everywhere()
