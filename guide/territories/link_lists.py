"""Lists of links between the pages of places: {"title", "links": [(name, address)]}."""

from collections import defaultdict

from guide.territories.enums import TerritoryKind
from guide.territories.places import PlaceRow

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


def links(title: str, rows: list[PlaceRow]) -> dict:
    """One list, in the order of the rows."""
    return {"title": title, "links": [(row.name, row.address) for row in rows]}


def by_kind(rows: list[PlaceRow]) -> list[dict]:
    """One list for each kind that has rows."""
    sorted_rows = defaultdict(list)
    for row in rows:
        sorted_rows[row.kind].append(row)
    return [links(TITLES[kind], sorted_rows[kind]) for kind in TITLES if sorted_rows[kind]]


def neighbours(kind: TerritoryKind, rows: list[PlaceRow]) -> dict:
    """Places of the same kind around."""
    return links(NEIGHBOUR_TITLES.get(kind, "Territoires voisins"), rows)
