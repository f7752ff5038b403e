"""The place of a catalogue search, as its SQL filters and as its counts read it."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date

from django.db.models import Q

from aids.practice_places import named
from aids.querysets import LEVEL_SCHEMES, Answer, zone
from aids.rules import PracticePlace, ZoningState
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


def find(commune: str, day: date) -> SearchedPlace:
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


def zone_answers(place: SearchedPlace, zones: Iterable[str]) -> list[Answer]:
    """Answers for the SQL filters: the asked levels, and those of the commune in the other zonings."""
    return [zone(level, scheme) for scheme, level in _in_each(place, zones).items()]


def zonings_of(place: SearchedPlace, zones: Iterable[str]) -> dict[str, ZoningState]:
    """The same for the engine."""
    return {
        scheme: ZoningState(frozenset() if level == Level.HZ else frozenset({level}))
        for scheme, level in _in_each(place, zones).items()
    }


def _in_each(place: SearchedPlace, zones: Iterable[str]) -> dict[str, str]:
    """Level by scheme: those asked for come before those of the commune."""
    return place.levels | {str(LEVEL_SCHEMES[level]): level for level in zones}


def of_department(
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
