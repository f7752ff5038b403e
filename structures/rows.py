"""Rows of the list, made in one pass from plain values, ready to print."""

from collections.abc import Mapping
from typing import NamedTuple

from django.db.models import QuerySet
from django.urls import reverse

from guide.core.french import NBSP, number, partial_date
from structures.enums import APPROXIMATE, SHORT_LABELS

COLUMNS = (
    "slug",
    "kind",
    "name",
    "commune__name",
    "commune__parent",
    "coordinate_source",
    "recruiting",
    "welcomes_interns",
    "source_date",
    "latitude",
    "longitude",
)
Badge = tuple[str, str]
RECRUITS: Badge = ("good", "Recrute")
INTERNS: Badge = ("accent", "Accueille des internes")
APPROXIMATE_BADGE: Badge = ("quiet", "Position approximative")


class StructureRow(NamedTuple):
    """One structure of a list. `distance` is "" without a centre; `badges` are (tone, label).

    `lat` and `lon` are degrees with five decimals, by which the map knows the marker of a row; "" without position.
    """

    href: str
    kind: str
    name: str
    label: str
    place: str
    distance: str
    badges: list[Badge]
    date: str
    lat: str
    lon: str


def rows(structures: QuerySet, departments: Mapping[int | None, str], *, with_distance: bool) -> list[StructureRow]:
    """Rows of a query (already cut to a page). `departments` gives names by primary key."""
    base = reverse("structures:list")
    columns = (*COLUMNS, "distance_km") if with_distance else COLUMNS
    return [_row(base, departments, *values) for values in structures.values_list(*columns)]


def _row(
    base, departments, slug, kind, name, commune, parent, position, recruits, interns, date, lat, lon, km=None
) -> StructureRow:
    department = departments.get(parent, "")
    badges = [RECRUITS] if recruits else []
    badges += [INTERNS] if interns else []
    badges += [APPROXIMATE_BADGE] if position in APPROXIMATE else []
    return StructureRow(
        href=f"{base}{slug}/",
        kind=kind,
        name=name,
        label=SHORT_LABELS[kind],
        place=f"{commune} ({department})" if department else commune,
        distance="" if km is None else distance(km, approximate=position in APPROXIMATE),
        badges=badges,
        date=partial_date(date),
        lat="" if lat is None else f"{lat:.5f}",
        lon="" if lon is None else f"{lon:.5f}",
    )


def distance(km: float, *, approximate: bool) -> str:
    """`à 3,4 km`, `à moins de 100 m`; `à environ 3 km` or `dans la commune` where only the commune is known."""
    if approximate:
        return f"à environ {number(max(km, 1))}{NBSP}km" if km > 0.05 else "dans la commune"
    if km < 0.1:
        return f"à moins de 100{NBSP}m"
    return f"à {number(km, 1 if km < 10 else 0)}{NBSP}km"
