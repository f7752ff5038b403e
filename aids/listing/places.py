"""The place of a catalogue search, as its SQL filters and as its counts read it."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date

from django.db.models import Q

from aids.conditions.kinds import ConditionKind
from aids.places import named
from aids.querysets import LEVEL_SCHEMES, Answer, zone
from aids.situations import PracticePlace, ZoningState
from guide.territories import zonings
from guide.territories.enums import Level, TerritoryKind
from guide.territories.models import Containment, Territory
from guide.territories.places import PlaceRow, place_rows
from guide.territories.zonings import Answer as Known


@dataclass(slots=True)
class Places:
    """Departments, the chosen commune and what holds it, and its zonings: level by scheme, when sure."""

    departments: tuple[PlaceRow, ...]
    commune: PlaceRow | None = None
    holders: frozenset[str] = frozenset()
    levels: dict[str, str] = field(default_factory=dict)

    def department(self, code: str) -> PlaceRow | None:
        """The department of that code."""
        return next((row for row in self.departments if row.code == code), None)


def find(commune: str, day: date) -> Places:
    """The departments and the commune of that code."""
    wanted = Q(kind=TerritoryKind.DEPARTMENT)
    if commune:
        links = Containment.objects.filter(inner__kind=TerritoryKind.COMMUNE, inner__code=commune)
        wanted |= Q(pk__in=links.values("outer"))
    rows = place_rows(Territory.objects.live().filter(wanted).order_by("kind", "code"))
    departments = tuple(row for row in rows if row.kind == TerritoryKind.DEPARTMENT)
    chosen = next((row for row in rows if commune and row.kind == TerritoryKind.COMMUNE and row.code == commune), None)
    if chosen is None:
        return Places(departments)
    holders = {row for row in rows if row.kind != TerritoryKind.DEPARTMENT or row.pk == chosen.parent_id}
    return Places(departments, chosen, frozenset(f"{row.kind}:{row.code}" for row in holders), _levels(chosen.pk, day))


def _levels(commune: int, day: date) -> dict[str, str]:
    """The level of the whole commune by scheme, "HZ" when it is known to be outside."""
    found = {}
    for state in zonings.states([commune], day)[commune]:
        if state.answer == Known.OUTSIDE:
            found[state.scheme.value] = Level.HZ.value
        elif state.answer == Known.LEVEL and len(state.rows) == 1 and not state.rows[0].partial:
            found[state.scheme.value] = state.rows[0].level.value
    return found


def zone_answers(places: Places, zones: Iterable[str]) -> list[Answer]:
    """Answers for the SQL filters: the asked levels, and those of the commune in the other zonings."""
    asked = {LEVEL_SCHEMES[level]: level for level in zones}
    return [
        zone(level) if level in LEVEL_SCHEMES and LEVEL_SCHEMES[level] == scheme else _outside(scheme)
        for scheme, level in (places.levels | {str(scheme): level for scheme, level in asked.items()}).items()
    ]


def _outside(scheme: str) -> Answer:
    """The answer "the commune is outside this zoning"."""
    only = Q(value=Level.HZ)
    return Answer(Q(kind=ConditionKind.ZONING, scheme=scheme), only, only)


def of_department(code: str, holders: Mapping[str, frozenset[str]]) -> PracticePlace:
    """A department as the engine reads it; `holders` are the named territories that touch each department."""
    touching = holders.get(code, frozenset()) | {f"department:{code}"}
    inside = {name for name in touching if name.startswith("region:")} | {f"department:{code}"}
    return PracticePlace(code, code, frozenset(inside), frozenset(touching))


def states(levels: Mapping[str, str]) -> dict[str, ZoningState]:
    """The zonings of a place that is wholly in these levels."""
    return {
        scheme: ZoningState(frozenset() if level == Level.HZ else frozenset({level}))
        for scheme, level in levels.items()
    }


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
