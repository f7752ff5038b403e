"""From territories to the engine's places, with the zonings in force on a day, in a fixed number of queries."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date

from django.db.models import Case, Q, When

from aids.situations import Place, ZoningState
from guide.territories.enums import TerritoryKind
from guide.territories.models import Containment, Territory, Zoning, ZoningEdition


def place_of(territory: Territory, day: date) -> Place:
    """The place of one territory on `day`; a place wider than a commune has no zoning of its own.

    Four queries for a commune, one for a wider place.
    """
    if territory.kind == TerritoryKind.COMMUNE:
        return communes_of(Territory.objects.filter(pk=territory.pk), day)[0]
    communes = Containment.objects.filter(outer=territory.pk).values("inner")
    links = Containment.objects.filter(Q(inner=territory.pk) | Q(inner__in=communes))
    own = Case(When(inner=territory.pk, then=True), default=False)
    pairs = list(links.values_list("outer__kind", "outer__code", own).distinct())
    inside = frozenset(f"{kind}:{code}" for kind, code, is_own in pairs if is_own)
    return Place(territory.code, territory.name, inside, frozenset(f"{kind}:{code}" for kind, code, _ in pairs))


def communes_of(communes, day: date) -> list[Place]:
    """The places of a query set of communes on `day`, in its order. Four queries whatever their number.

    An exhaustive edition in force places a commune of its scope that it does not list outside the zoning;
    without one, a commune that no row names has no state: its zoning is unknown.
    """
    rows = list(communes.values_list("pk", "code", "name"))
    links = Containment.objects.filter(inner__in=communes.order_by().values("pk"))
    around, codes = defaultdict(list), defaultdict(set)
    for inner, outer, kind, code in links.values_list("inner", "outer", "outer__kind", "outer__code"):
        around[inner].append(outer)
        codes[inner].add(f"{kind}:{code}")
    levels = _levels(communes, day)
    complete = _complete(day)
    places = []
    for pk, code, name in rows:
        inside = frozenset(codes[pk])
        places.append(Place(code, name, inside, inside, states(levels[pk], complete, around[pk])))
    return places


def _levels(communes, day: date) -> dict[int, list[tuple[str, str, bool, bool]]]:
    """Rows (scheme, level, partial, exhaustive) by commune; of two editions in force, only the newest speaks."""
    rows = Zoning.objects.at(day).filter(territory__in=communes.order_by().values("pk"))
    fields = ("territory", "edition__scheme", "level", "partial", "edition__exhaustive", "edition__valid_from")
    newest: dict[tuple[int, str], date] = {}
    found: dict[int, list] = defaultdict(list)
    for pk, scheme, level, partial, exhaustive, since in rows.order_by("-edition__valid_from").values_list(*fields):
        if newest.setdefault((pk, scheme), since) == since:
            found[pk].append((scheme, level, partial, exhaustive))
    return found


def _complete(day: date) -> list[tuple[str, int]]:
    """(scheme, scope) of the exhaustive editions in force."""
    return list(ZoningEdition.objects.at(day).filter(exhaustive=True).values_list("scheme", "scope"))


def states(
    rows: Iterable[tuple[str, str, bool, bool]], complete: list[tuple[str, int]], around: list[int]
) -> dict[str, ZoningState]:
    """One state for each scheme that speaks of the commune."""
    whole, partial = defaultdict(set), defaultdict(set)
    known = {scheme for scheme, scope in complete if scope in around}
    for scheme, level, is_partial, exhaustive in rows:
        (partial if is_partial else whole)[scheme].add(level)
        if exhaustive:
            known.add(scheme)
    return {
        scheme: ZoningState(
            frozenset(whole[scheme]), frozenset(partial[scheme]), complete=scheme in known or bool(whole[scheme])
        )
        for scheme in known | set(whole) | set(partial)
    }
