"""Territories as the engine reads them, with the zonings in force on a day (guide/territories/zonings.py)."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date

from django.db.models import Case, Q, When

from aids.eligibility import Sight
from aids.rules import PracticePlace, ZoningState
from guide.territories import zonings
from guide.territories.enums import TerritoryKind
from guide.territories.models import Containment, Territory
from guide.territories.places import PlaceRow
from guide.territories.zonings import Answer, State


def place_of(territory: Territory | PlaceRow, day: date, seen: Sight | None = None) -> PracticePlace:
    """The place of one territory on `day`; a place wider than a commune has no zoning of its own."""
    if territory.kind == TerritoryKind.COMMUNE:
        return places_of([territory], day, seen)[territory.pk]
    communes = Containment.objects.filter(outer=territory.pk).values("inner")
    links = Containment.objects.filter(Q(inner=territory.pk) | Q(inner__in=communes))
    own = Case(When(inner=territory.pk, then=True), default=False)
    pairs = list(links.values_list("outer__kind", "outer__code", own).distinct())
    inside = frozenset(f"{kind}:{code}" for kind, code, is_own in pairs if is_own)
    return PracticePlace(
        territory.code, territory.name, inside, frozenset(f"{kind}:{code}" for kind, code, _ in pairs)
    )


def places_of(
    communes: Sequence[Territory | PlaceRow], day: date, seen: Sight | None = None
) -> dict[int, PracticePlace]:
    """The places of communes on `day`, by primary key and in their order, in a fixed number of queries.

    Of a commune are read `pk`, `code` and `name`. `seen` limits the rest to the zonings and territories that rules
    look at; None reads them all.
    """
    keys = [commune.pk for commune in communes]
    zoned = zonings.states(keys, day, seen.schemes if seen else zonings.ORDER)
    inside = _inside(keys, seen)
    found = {}
    for commune in communes:
        territories = frozenset({f"commune:{commune.code}", *inside[commune.pk]})
        found[commune.pk] = PracticePlace(
            commune.code, commune.name, territories, territories, _zonings(zoned[commune.pk])
        )
    return found


def _inside(keys: list[int], seen: Sight | None) -> dict[int, set[str]]:
    """By commune, the territories ("kind:code") that hold it."""
    links = Containment.objects.filter(inner__in=keys)
    if seen:
        links = links.filter(named(seen.territories))
    inside = defaultdict(set)
    for inner, kind, code in links.values_list("inner", "outer__kind", "outer__code"):
        inside[inner].add(f"{kind}:{code}")
    return inside


def named(territories: Iterable[str]) -> Q:
    """The links of containment whose outer place is one of the territories ("kind:code")."""
    codes = defaultdict(list)
    for territory in territories:
        kind, _, code = territory.partition(":")
        codes[kind].append(code)
    wanted = Q(pk__in=[])
    for kind, some in codes.items():
        wanted |= Q(outer__kind=kind, outer__code__in=some)
    return wanted


def _zonings(states: Iterable[State]) -> dict[str, ZoningState]:
    """The schemes that speak of a commune; the others have no state."""
    return {state.scheme.value: _zoning(state) for state in states if state.answer != Answer.UNKNOWN}


def _zoning(state: State) -> ZoningState:
    whole, partial = (
        frozenset(row.level.value for row in state.rows if row.partial == is_partial) for is_partial in (False, True)
    )
    return ZoningState(whole, partial, state.complete)
