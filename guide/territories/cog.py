"""Regions and departments of France (INSEE, code officiel géographique 2025): boxes, names in sentences.

A region's own files name its departments by code only; `data/` gives their names, so that serving another region is a
matter of files and of the REGION setting.
"""

import csv
from pathlib import Path
from typing import NamedTuple

from guide.core.french import at, of
from guide.territories.enums import TerritoryKind

FOLDER = Path(__file__).parent / "data"


class Region(NamedTuple):
    """A region: its name, its chef-lieu ("" for a region of one department, which has the same).

    `box`: [west, south, east, north] in degrees, rounded outwards, of the land of France around it (metropolitan
    France, or the overseas department), to tell a place from open sea.
    """

    name: str
    seat: str
    box: tuple[float, float, float, float]


class Department(NamedTuple):
    """A department: its name, the code of its region, its chef-lieu, and what says "in" before its name."""

    name: str
    region: str
    seat: str
    preposition: str


def _rows(name: str) -> list[list[str]]:
    with (FOLDER / name).open(encoding="utf-8", newline="") as file:
        return list(csv.reader(file))[1:]


REGIONS = {code: Region(name, seat, tuple(map(float, box))) for code, name, seat, *box in _rows("regions.csv")}
DEPARTMENTS = {code: Department(*rest) for code, *rest in _rows("departments.csv")}


def seat(kind: str, code: str) -> str:
    """Name of the chef-lieu of a department or of a region; "" for other kinds and unknown codes."""
    found = {TerritoryKind.REGION: REGIONS, TerritoryKind.DEPARTMENT: DEPARTMENTS}.get(kind, {}).get(code)
    return found.seat if found else ""


def department_of(commune: str) -> str:
    """Code of a commune's department: the first three characters overseas, else the first two."""
    return commune[:3] if commune.startswith("97") else commune[:2]


def region_holding(kind: str, code: str) -> str:
    """Code of the region of a commune, a department or a region itself; "" for other kinds and unknown codes."""
    if kind == TerritoryKind.REGION:
        return code if code in REGIONS else ""
    if kind == TerritoryKind.COMMUNE:
        code = department_of(code)
    elif kind != TerritoryKind.DEPARTMENT:
        return ""
    return DEPARTMENTS[code].region if code in DEPARTMENTS else ""


_KINDS = {
    TerritoryKind.REGION: "en région ",
    TerritoryKind.EPCI: "dans l'intercommunalité ",
    TerritoryKind.LIVING_AREA: "dans le bassin de vie ",
    TerritoryKind.CPTS_AREA: "dans le périmètre de la CPTS ",
}


def inside(kind: str, code: str, name: str) -> str:
    """`dans l'Indre`, `à La Châtre`, `au Blanc`, `dans le bassin de vie d'Issoudun`."""
    if kind == TerritoryKind.DEPARTMENT:
        word = DEPARTMENTS[code].preposition if code in DEPARTMENTS else "dans le département :"
        return f"{word}{name}" if word.endswith("'") else f"{word} {name}"
    if kind == TerritoryKind.COMMUNE:
        return at(name)
    return f"{_KINDS.get(kind, '')}{of(name) if kind == TerritoryKind.LIVING_AREA else name}"
