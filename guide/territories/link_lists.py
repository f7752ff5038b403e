"""Lists of links between the pages of places: {"title", "groups": [(group name, its address, [(name, address)])]}."""

from collections import defaultdict

from guide.territories import places
from guide.territories.enums import TerritoryKind
from guide.territories.models import Territory
from guide.territories.places import Inner

TITLES = {
    TerritoryKind.DEPARTMENT: "Départements",
    TerritoryKind.EPCI: "Intercommunalités",
    TerritoryKind.LIVING_AREA: "Bassins de vie",
    TerritoryKind.COMMUNE: "Communes",
}
NEIGHBOUR_TITLES = {
    TerritoryKind.DEPARTMENT: "Départements voisins",
    TerritoryKind.EPCI: "Intercommunalités voisines",
    TerritoryKind.LIVING_AREA: "Bassins de vie voisins",
    TerritoryKind.COMMUNE: "Communes voisines",
}


def of_kind(kind: TerritoryKind, rows: list[Inner]) -> dict:
    """One alphabetical list."""
    return _single(TITLES[kind], rows)


def by_kind(rows: list[Inner]) -> list[dict]:
    """One alphabetical list per kind that has rows."""
    sorted_rows = defaultdict(list)
    for row in rows:
        sorted_rows[row.kind].append(row)
    return [of_kind(kind, sorted_rows[kind]) for kind in TITLES if sorted_rows[kind]]


def towns(communes: list[Inner]) -> dict:
    """The most populated communes of a wide place, whose other communes are listed by its EPCI."""
    return _single("Communes les plus peuplées", communes)


def neighbours(territory: Territory, rows: list[Inner]) -> dict:
    """Places of the same kind around."""
    return _single(NEIGHBOUR_TITLES.get(territory.kind, "Territoires voisins"), rows)


def _single(title: str, rows: list[Inner]) -> dict:
    return {"title": title, "groups": [("", "", places.links(rows))] if rows else []}
