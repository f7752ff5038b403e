"""How the communes of a wider place are classed, edition by edition; what an edition does not say is counted too."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, OuterRef, QuerySet, Subquery
from django.utils import timezone

from guide.territories.enums import Level, Scheme, TerritoryKind
from guide.territories.models import Containment, Zoning, ZoningEdition
from guide.territories.zonings import EDITION_FIELDS, ORDER, Edition, edition_of


@dataclass(frozen=True, slots=True)
class EditionCount:
    """Communes of a place in one edition: by level, outside, unknown. A commune may have two partial levels."""

    edition: Edition
    levels: tuple[tuple[Level, int], ...]
    partial: int
    outside: int
    unknown: int


def count(territory_id: int, day: date | None = None) -> dict[Scheme, list[EditionCount]]:
    """Editions in force on `day` (default: today) that speak of the place, by scheme.

    A scheme without edition has an empty list: unknown.
    """
    inside = Containment.objects.filter(
        outer=territory_id, inner__kind=TerritoryKind.COMMUNE, inner__missing_since=None
    )
    day = day or timezone.localdate()
    named = Zoning.objects.at(day).filter(territory__in=inside.values("inner"))
    rows = defaultdict(list)
    for pk, commune, level, partial in named.values_list("edition", "territory", "level", "partial"):
        rows[pk].append((commune, Level(level), partial))
    counted = [
        _count(edition_of(values), in_scope, communes, rows[values[0]])
        for *values, in_scope, communes in _editions(inside, day)
    ]
    return {scheme: [one for one in counted if one.edition.scheme == scheme] for scheme in ORDER}


def _count(edition: Edition, in_scope: int, communes: int, rows: list[tuple[int, Level, bool]]) -> EditionCount:
    """Pure. `in_scope` is the number of the place's communes that the edition covers, of `communes` in all."""
    by_level, said, classed, partial = defaultdict(set), set(), set(), set()
    for commune, level, is_partial in rows:
        said.add(commune)
        if level != Level.HZ:
            by_level[level].add(commune)
            classed.add(commune)
            if is_partial:
                partial.add(commune)
    known = in_scope if edition.exhaustive else len(said)
    levels = tuple((level, len(by_level[level])) for level in Level if by_level[level])
    return EditionCount(edition, levels, len(partial), known - len(classed), max(0, communes - known))


def _editions(inside: QuerySet[Containment], day: date) -> QuerySet:
    """Columns of each edition whose scope holds some of the communes, how many, and how many there are in all."""
    in_scope = inside.filter(inner__outer_links__outer=OuterRef("scope"))
    found = ZoningEdition.objects.at(day).annotate(in_scope=_number(in_scope), communes=_number(inside))
    found = found.filter(in_scope__gt=0).order_by("-valid_from", "-pk")
    return found.values_list(*EDITION_FIELDS, "in_scope", "communes")


def _number(links: QuerySet[Containment]) -> Subquery:
    return Subquery(links.order_by().values("outer").annotate(number=Count("inner", distinct=True)).values("number"))
