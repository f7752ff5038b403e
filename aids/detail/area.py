"""Where an aid applies: its own perimeter in words and as a small map, never deduced from its funder's."""

from collections.abc import Iterable

from django.db.models import Q

from aids.conditions.kinds import ConditionKind as Kind
from aids.rules import AidRule
from guide.territories import maps
from guide.territories.enums import TerritoryKind
from guide.territories.maps import Drawing, Shape
from guide.territories.models import Territory
from guide.territories.projection import union

_FIELDS = ("kind", "code", "name", "bbox", "longitude", "latitude", "contour__path_coarse")


def of(rule: AidRule) -> tuple[str, Drawing | None]:
    """In words, and the map; None when no contour is known."""
    named = frozenset().union(*(c.values for c in rule.conditions() if c.kind == Kind.TERRITORY))
    wanted = Q(kind__in=[TerritoryKind.DEPARTMENT, TerritoryKind.REGION])
    for name in named:
        kind, _, code = name.partition(":")
        wanted |= Q(kind=kind, code=code)
    rows = list(Territory.objects.live().filter(wanted).order_by("kind", "search_name").values_list(*_FIELDS))
    return _words(rule, named, rows), _draw(rule, named, rows)


def _words(rule: AidRule, named: frozenset[str], rows: Iterable[tuple]) -> str:
    places = ", ".join(row[2] for row in rows if f"{row[0]}:{row[1]}" in named)
    zoned = any(condition.kind == Kind.ZONING for condition in rule.conditions())
    where = places or "Partout en France"
    return f"{where}, selon le classement de la commune" if zoned else where


def _draw(rule: AidRule, named: frozenset[str], rows: list[tuple]) -> Drawing | None:
    """Departments of the region, those of the perimeter in colour; smaller places of the perimeter above them."""
    departments = [row for row in rows if row[0] == TerritoryKind.DEPARTMENT]
    everywhere = not named or any(row[0] == TerritoryKind.REGION and f"{row[0]}:{row[1]}" in named for row in rows)
    shapes = [
        Shape(path or "", name, current=everywhere or f"{kind}:{code}" in named)
        for kind, code, name, _, _, _, path in departments
    ]
    smaller = [row for row in rows if row[0] not in (TerritoryKind.DEPARTMENT, TerritoryKind.REGION)]
    shapes += [Shape(row[6] or "", row[2], current=True) for row in smaller]
    box = union(row[3] for row in departments if row[3])
    if box is None or not any(shape.path for shape in shapes):
        return None
    text = "En couleur, les territoires où l'aide peut être demandée."
    drawing = maps.draw("perimetre", f"Où\u00a0: {rule.name}", text, box, shapes)
    points = [("current", row[4], row[5]) for row in smaller if row[0] == TerritoryKind.COMMUNE and row[4] is not None]
    return maps.with_dots(drawing, points) if points else drawing
