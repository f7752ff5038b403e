"""Places of all kinds that a text may mean, by name, postal code or official code: the search of /territoires/."""

import re
from dataclasses import dataclass

from django.db.models import Case, IntegerField, Q, Value, When

from guide.territories.enums import TerritoryKind
from guide.territories.models import PostalCode, Territory
from guide.territories.places import PlaceRow, place_rows
from guide.territories.search import official_spelling

MAX_LENGTH = 80
MAX_RESULTS = 40


@dataclass(frozen=True, slots=True)
class Results:
    """Places found, the single certain answer if there is one, and whether the list was cut."""

    rows: list[PlaceRow]
    certain: PlaceRow | None
    cut: bool


def search(text: str) -> Results:
    """Places that match `text`, the exact ones first; never the whole table."""
    folded = official_spelling(text)
    digits = re.sub(r"\s", "", text)
    by_code = _by_code(digits) if digits.isascii() and digits.isalnum() else Q(pk__in=())
    if not folded:
        return Results([], None, False)
    exact = Q(search_name=folded) | by_code
    rank = Case(
        When(exact, then=Value(0)),
        When(search_name__startswith=folded, then=Value(1)),
        default=Value(2),
        output_field=IntegerField(),
    )
    query = Q()
    for word in folded.split():
        query &= Q(search_name__contains=word)
    found = Territory.objects.live().filter(query | by_code).annotate(rank=rank)
    rows = place_rows(found.order_by("rank", "search_name", "code")[: MAX_RESULTS + 1])
    return Results(rows[:MAX_RESULTS], _certain(rows, folded, digits), len(rows) > MAX_RESULTS)


def _by_code(code: str) -> Q:
    """Communes of a postal code or INSEE code, departments and regions of a code of two or three signs, EPCI."""
    postal = PostalCode.objects.filter(code=code).values("commune")
    return Q(pk__in=postal) | Q(code=code.upper(), kind__in=_kinds_of(code))


def _kinds_of(code: str) -> list[TerritoryKind]:
    if len(code) <= 3:
        return [TerritoryKind.DEPARTMENT]
    return [TerritoryKind.COMMUNE] if len(code) == 5 else [TerritoryKind.EPCI]


def _certain(rows: list[PlaceRow], folded: str, digits: str) -> PlaceRow | None:
    """The place meant without doubt: the only commune of that name or code, else the only place of it. Pure.

    A bassin de vie or an EPCI often bears the name of its main commune: the commune is then meant.
    """
    if re.fullmatch(r"\d+", digits):
        exact = [
            row for row in rows if row.kind in (TerritoryKind.COMMUNE, TerritoryKind.DEPARTMENT, TerritoryKind.EPCI)
        ]
    else:
        exact = [row for row in rows if official_spelling(row.name) == folded or row.code == digits.upper()]
    communes = [row for row in exact if row.kind == TerritoryKind.COMMUNE]
    candidates = communes or exact
    return candidates[0] if len(candidates) == 1 else None
