"""What the page of each kind of place holds, ready to print. One function per kind; a few queries each."""

from collections.abc import Iterable

from django.conf import settings

from guide.core.french import NBSP
from guide.territories import (
    figures,
    identity,
    life,
    link_lists,
    maps,
    places,
    remarks,
    zoning_counts,
    zoning_words,
    zonings,
)
from guide.territories.enums import TerritoryKind
from guide.territories.maps import Shape
from guide.territories.models import Territory
from guide.territories.places import Inner, Place, address

LABELLED_TOWNS = 9
SHOWN_TOWNS = 12
CANDIDATE_TOWNS = 40  # suburbs hide behind their town's name, so that more are offered than shown
AREAS = (TerritoryKind.EPCI, TerritoryKind.LIVING_AREA)


def build(place: Place) -> dict:
    """The whole context of a place's page."""
    territory = place.territory
    context = {
        "territory": territory,
        "kind_title": identity.KIND_TITLES[territory.kind],
        "breadcrumb": _breadcrumb(place),
        "holders": _holders(place),
        "facts": identity.facts(territory),
        "source": identity.source(territory),
        "extent_note": identity.extent_note(territory),
        "drawing": None,
        "caption": "",
        "pole": None,
        "lists": [],
        "states": [],
        "zonings": [],
        "is_commune": territory.kind == TerritoryKind.COMMUNE,
    }
    builder = {
        TerritoryKind.REGION: _region,
        TerritoryKind.DEPARTMENT: _department,
        TerritoryKind.COMMUNE: _commune,
    }.get(territory.kind, _area)
    context |= builder(place)
    return context | _short_lists(place, context)


def _short_lists(place: Place, context: dict) -> dict:
    """Remarks, daily life, and the postal codes of a commune."""
    territory = place.territory
    holders = {outer.pk: outer.name for kind in (*AREAS, TerritoryKind.DEPARTMENT) if (outer := place.outer(kind))}
    names = {territory.pk: "", **holders}
    postal = [identity.postal_codes(territory.pk)] if context["is_commune"] else []
    return {
        "remarks": remarks.context(names, remarks.read(names), context["figures"]["findings"]),
        "life": life.context(territory),
        "facts": [*context["facts"], *postal],
    }


def _region(place: Place) -> dict:
    territory = place.territory
    departments, areas = region_rows(territory)
    rows = [row for row, _ in departments if row.pk != territory.pk]
    return {
        "drawing": region_map(territory, departments),
        "caption": "Chaque département mène à sa page.",
        "lists": [link_lists.of_kind(TerritoryKind.DEPARTMENT, rows), *link_lists.by_kind(areas)],
        "zonings": _zonings(territory),
        "figures": figures.build(territory, {}),
    }


def region_rows(region: Territory) -> tuple[list[tuple[Inner, str]], list[Inner]]:
    """The region and its departments with their paths, then its EPCI and bassins de vie; one query."""
    drawn = (TerritoryKind.REGION, TerritoryKind.DEPARTMENT)
    found = places.touching(region.pk, (TerritoryKind.DEPARTMENT, *AREAS), itself=True)
    mapped = places.mapped_rows(found, fine=False, drawn=drawn)
    return [pair for pair in mapped if pair[0].kind in drawn], [row for row, _ in mapped if row.kind in AREAS]


def region_map(region: Territory, departments: list[tuple[Inner, str]]) -> maps.Drawing | None:
    """The region with its departments as links; `departments` may hold the region itself, drawn as the outline."""
    shapes = [(row, path) for row, path in departments if row.pk != region.pk]
    drawing = _draw(
        region,
        f"Départements de la région {region.name}",
        "Chaque forme est un lien vers la page du département.",
        shapes,
        outline=next((path for row, path in departments if row.pk == region.pk), ""),
    )
    return drawing and maps.with_labels(drawing, _names(row for row, _ in shapes))


def _department(place: Place) -> dict:
    territory = place.territory
    found = places.with_largest_communes(territory.pk, AREAS, CANDIDATE_TOWNS)
    mapped = places.mapped_rows(found, fine=False, drawn=(TerritoryKind.EPCI, TerritoryKind.DEPARTMENT))
    kinds = (*AREAS, territory.kind, TerritoryKind.COMMUNE)
    epci, basins, departments, communes = ([pair for pair in mapped if pair[0].kind == kind] for kind in kinds)
    towns = places.largest(row for row, _ in communes)
    drawing = _draw(
        territory,
        f"Intercommunalités{NBSP}: {territory.name}",
        f"Chaque forme est un lien vers la page de l'intercommunalité{NBSP}; les points sont des structures de soins.",
        epci,
        outline=next((path for row, path in departments if row.pk == territory.pk), ""),
    )
    return {
        "drawing": drawing and maps.with_labels(drawing, _names(towns), town=True, limit=LABELLED_TOWNS),
        "caption": "Chaque intercommunalité mène à sa page. Les points sont les structures de soins recensées.",
        "lists": [
            link_lists.towns(towns[:SHOWN_TOWNS]),
            link_lists.of_kind(TerritoryKind.EPCI, [row for row, _ in epci]),
            link_lists.of_kind(TerritoryKind.LIVING_AREA, [row for row, _ in basins]),
            link_lists.neighbours(territory, [row for row, _ in departments if row.pk != territory.pk]),
        ],
        "zonings": _zonings(territory),
        "figures": figures.build(territory, _wider(place)),
    }


def _area(place: Place) -> dict:
    """An EPCI, a bassin de vie or another group of communes; it may lie in several departments."""
    territory = place.territory
    other_kinds = {TerritoryKind.DEPARTMENT, *AREAS} - {territory.kind}
    found = places.with_all_communes(territory.pk, other_kinds)
    mapped = places.mapped_rows(found, fine=True, drawn=[TerritoryKind.COMMUNE])
    communes = [pair for pair in mapped if pair[0].kind == TerritoryKind.COMMUNE]
    rows = [row for row, _ in communes]
    around = [row for row, _ in mapped if row.kind != TerritoryKind.COMMUNE]
    towns = places.largest(rows)[:CANDIDATE_TOWNS]
    drawing = _draw(
        territory,
        f"Communes{NBSP}: {territory.name}",
        f"Chaque forme est un lien vers la page de la commune{NBSP}; les points sont des structures de soins.",
        communes,
    )
    pole = identity.pole(territory, rows)
    departments = [row for row in around if row.kind == TerritoryKind.DEPARTMENT]
    only = departments[0] if len(departments) == 1 else None
    return {
        "breadcrumb": _breadcrumb(place, only),
        "drawing": drawing and maps.with_labels(drawing, _names(towns), town=True, limit=LABELLED_TOWNS),
        "caption": "Chaque commune mène à sa page. Les points sont les structures de soins recensées.",
        "pole": _pole(territory, pole),
        "lists": [
            link_lists.of_kind(TerritoryKind.COMMUNE, rows),
            *link_lists.by_kind([row for row in around if row.kind != territory.kind]),
            link_lists.neighbours(territory, [row for row in around if row.kind == territory.kind]),
        ],
        "zonings": _zonings(territory),
        "figures": figures.build(territory, _wider(place, only), pole=pole),
    }


def _commune(place: Place) -> dict:
    territory = place.territory
    around = places.mapped_rows(places.with_neighbours(territory.pk), fine=True)
    drawing = _draw(
        territory,
        f"{territory.name} et les communes voisines",
        f"Chaque commune voisine est un lien vers sa page{NBSP}; les points sont des structures de soins.",
        around,
        margin=0.35,
    )
    others = [row for row, _ in around if row.pk != territory.pk]
    return {
        "drawing": drawing and maps.with_labels(drawing, _names([*_self(around, territory), *others]), town=True),
        "caption": "Les points sont les structures de soins recensées, dans la commune et autour.",
        "lists": [link_lists.neighbours(territory, others)],
        "states": [zoning_words.describe(state, settings.ZONING_MAP_URL) for state in zonings.stack(territory.pk)],
        "figures": figures.build(territory, _wider(place)),
    }


def _pole(territory: Territory, pole: Inner | None) -> tuple[str, str] | None:
    """(name, address) of the pole of a bassin de vie; its address is empty when it lies outside the region."""
    if pole:
        return pole.name, address(pole.slug)
    return (territory.name, "") if territory.kind == TerritoryKind.LIVING_AREA else None


def _self(around: list[tuple[Inner, str]], territory: Territory) -> list[Inner]:
    return [row for row, _ in around if row.pk == territory.pk]


def _draw(territory: Territory, title: str, description: str, rows: list[tuple[Inner, str]], **options):
    """A drawing of the place, its rows as links; None when the place has no box or no shape."""
    if not territory.bbox or not any(path for _, path in rows):
        return None
    base = places.base_address()
    shapes = [
        Shape(path, row.name, "" if row.pk == territory.pk else f"{base}{row.slug}/", current=row.pk == territory.pk)
        for row, path in rows
    ]
    return maps.draw("carte", title, description, territory.bbox, shapes, **options)


def _names(rows: Iterable[Inner]) -> list[tuple[str, float, float]]:
    return [(row.name, row.longitude, row.latitude) for row in rows if row.latitude is not None]


def _wider(place: Place, department: Inner | None = None) -> figures.Columns:
    """Wider places whose figures stand beside those of the place: (name, kind) by primary key."""
    outers = (department or place.outer(TerritoryKind.DEPARTMENT), place.outer(TerritoryKind.REGION))
    return {outer.pk: (outer.name, outer.kind) for outer in outers if outer}


def _zonings(territory: Territory) -> list[dict]:
    counted = zoning_counts.count(territory.pk)
    return [
        zoning_words.describe_counts(scheme, editions, settings.ZONING_MAP_URL) for scheme, editions in counted.items()
    ]


def _breadcrumb(place: Place, department: Inner | None = None) -> list[tuple[str, str]]:
    outers = (place.outer(TerritoryKind.REGION), department or place.outer(TerritoryKind.DEPARTMENT))
    links = [(outer.name, address(outer.slug)) for outer in outers if outer]
    return [("Territoires", places.base_address()), *links, (place.territory.name, "")]


def _holders(place: Place) -> list[tuple[str, str, str]]:
    """(kind, name, address) of the EPCI and bassin de vie that hold the place."""
    return [
        (identity.KIND_TITLES[kind], outer.name, address(outer.slug)) for kind in AREAS if (outer := place.outer(kind))
    ]
