"""What the page of each kind of place holds, and the index of the places, ready to print."""

from collections.abc import Iterable

from django.conf import settings
from django.urls import reverse

from guide.core.french import NBSP, plural
from guide.territories import brief, communes_table, figures, identity, life, maps, places, remarks, zoning_words
from guide.territories.enums import TerritoryKind
from guide.territories.models import Territory
from guide.territories.places import PlaceInside, PlaceRow, address
from guide.territories.search import MAX_RESULTS, Results

LABELLED_TOWNS = 9
SHOWN_TOWNS = 12
CANDIDATE_TOWNS = 40  # suburbs hide behind their town's name, so that more are offered than shown
AREAS = (TerritoryKind.EPCI, TerritoryKind.LIVING_AREA)
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


def build(place: PlaceInside) -> dict:
    """The whole context of a place's page."""
    territory = place.territory
    builders = {
        TerritoryKind.REGION: _region,
        TerritoryKind.DEPARTMENT: _department,
        TerritoryKind.COMMUNE: _commune,
    }
    is_commune = territory.kind == TerritoryKind.COMMUNE
    context = {
        "territory": territory,
        "kind_title": identity.KIND_TITLES[territory.kind],
        "breadcrumb": _breadcrumb(place),
        "holders": _holders(place),
        "facts": identity.facts(territory) + ([identity.postal_codes(territory.pk)] if is_commune else []),
        "source": identity.source(territory),
        "extent_note": identity.EXTENTS.get(territory.extent, ""),
        "pole": None,
        "is_commune": is_commune,
        "states": zoning_words.of_commune(territory.pk) if is_commune else [],
        "zonings": [] if is_commune else zoning_words.of_area(territory.pk),
        "life": life.context(territory),
        **builders.get(territory.kind, _area)(place),
    }
    outers = (place.outer(kind) for kind in (*AREAS, TerritoryKind.DEPARTMENT))
    names = {territory.pk: "", **{outer.pk: outer.name for outer in outers if outer}}
    known = context["figures"]["found"]
    return (
        context
        | {
            "remarks": remarks.context(names, remarks.read(names), context["figures"]["findings"]),
            "brief": [
                *brief.where(territory, context["states"]),
                *brief.doctors(known, territory, _wider(place)),
                *[brief.Line("Trajet annoncé", time["text"]) for time in context["life"]["times"]],
            ],
        }
        | {"figures": {**context["figures"], "sources": known.sources.listed()}}
    )


def _region(place: PlaceInside) -> dict:
    territory = place.territory
    departments, areas = region_rows(territory)
    return {
        "drawing": region_map(territory, departments),
        "caption": "Chaque département mène à sa page.",
        "lists": _by_kind([*_others(departments, territory), *areas]),
        "figures": figures.build(territory, {}),
    }


def region_rows(region: Territory) -> tuple[list[PlaceRow], list[PlaceRow]]:
    """The region and its departments with their paths, then its EPCI and bassins de vie."""
    drawn = (TerritoryKind.REGION, TerritoryKind.DEPARTMENT)
    found = places.with_touching(region.pk, (TerritoryKind.DEPARTMENT, *AREAS))
    rows = places.drawn_rows(found, fine=False, drawn=drawn)
    return [row for row in rows if row.kind in drawn], [row for row in rows if row.kind in AREAS]


def region_map(region: Territory, departments: list[PlaceRow]) -> maps.Drawing | None:
    """The region with its departments as links; `departments` may hold the region itself, drawn as the outline."""
    others = _others(departments, region)
    drawing = _draw(
        region,
        f"Départements de la région {region.name}",
        "Chaque forme est un lien vers la page du département.",
        others,
        outline=_outline(departments, region),
    )
    return drawing and maps.with_labels(drawing, _names(others))


def _department(place: PlaceInside) -> dict:
    territory = place.territory
    found = places.with_largest_communes(territory.pk, AREAS, CANDIDATE_TOWNS)
    rows = places.drawn_rows(found, fine=False, drawn=(TerritoryKind.EPCI, TerritoryKind.DEPARTMENT))
    epci, departments = _of_kind(rows, TerritoryKind.EPCI), _of_kind(rows, TerritoryKind.DEPARTMENT)
    towns = places.largest(_of_kind(rows, TerritoryKind.COMMUNE))
    drawing = _draw(
        territory,
        f"Intercommunalités{NBSP}: {territory.name}",
        f"Chaque forme est un lien vers la page de l'intercommunalité{NBSP}; les points sont des structures de soins.",
        epci,
        outline=_outline(departments, territory),
    )
    return {
        "drawing": _with_towns(drawing, towns),
        "caption": "Chaque intercommunalité mène à sa page. Les points sont les structures de soins recensées.",
        "lists": [
            _links("Communes les plus peuplées", towns[:SHOWN_TOWNS]),
            *_by_kind([row for row in rows if row.kind in AREAS]),
            _neighbours(territory.kind, _others(departments, territory)),
        ],
        "figures": figures.build(territory, _wider(place)),
    }


def _area(place: PlaceInside) -> dict:
    """An EPCI, a bassin de vie or another group of communes; it may lie in several departments."""
    territory = place.territory
    other_kinds = {TerritoryKind.DEPARTMENT, *AREAS} - {territory.kind}
    found = places.with_all_communes(territory.pk, other_kinds)
    rows = places.drawn_rows(found, fine=True, drawn=[TerritoryKind.COMMUNE])
    communes = _of_kind(rows, TerritoryKind.COMMUNE)
    drawing = _draw(
        territory,
        f"Communes{NBSP}: {territory.name}",
        f"Chaque forme est un lien vers la page de la commune{NBSP}; les points sont des structures de soins.",
        communes,
    )
    pole = identity.pole(territory, communes)
    departments = _of_kind(rows, TerritoryKind.DEPARTMENT)
    only = departments[0] if len(departments) == 1 else None
    return {
        "breadcrumb": _breadcrumb(place, only),
        "drawing": _with_towns(drawing, places.largest(communes)[:CANDIDATE_TOWNS]),
        "caption": "Chaque commune mène à sa page. Les points sont les structures de soins recensées.",
        "pole": _pole(territory, pole),
        "communes": communes_table.table(communes) if communes else None,
        "communes_file": reverse("territories:communes_csv", args=[territory.slug]),
        "lists": [
            *_by_kind([row for row in rows if row.kind in other_kinds]),
            _neighbours(territory.kind, _of_kind(rows, territory.kind)),
        ],
        "figures": figures.build(territory, _wider(place, only), pole=pole),
    }


def _commune(place: PlaceInside) -> dict:
    territory = place.territory
    rows = places.drawn_rows(places.with_neighbours(territory.pk), fine=True)
    drawing = _draw(
        territory,
        f"{territory.name} et les communes voisines",
        f"Chaque commune voisine est un lien vers sa page{NBSP}; les points sont des structures de soins.",
        rows,
        margin=0.35,
    )
    itself_first = sorted(rows, key=lambda row: row.pk != territory.pk)
    return {
        "drawing": drawing and maps.with_labels(drawing, _names(itself_first), town=True),
        "caption": "Les points sont les structures de soins recensées, dans la commune et autour.",
        "lists": [_neighbours(territory.kind, _others(rows, territory))],
        "figures": figures.build(territory, _wider(place)),
    }


def _links(title: str, rows: list[PlaceRow]) -> dict:
    return {"title": title, "links": [(row.name, row.address) for row in rows]}


def _by_kind(rows: list[PlaceRow]) -> list[dict]:
    return [_links(TITLES[kind], found) for kind in TITLES if (found := _of_kind(rows, kind))]


def _neighbours(kind: TerritoryKind, rows: list[PlaceRow]) -> dict:
    return _links(NEIGHBOUR_TITLES.get(kind, "Territoires voisins"), rows)


def _pole(territory: Territory, pole: PlaceRow | None) -> tuple[str, str] | None:
    """(name, address) of the pole of a bassin de vie; its address is empty when it lies outside the region."""
    if pole:
        return pole.name, pole.address
    return (territory.name, "") if territory.kind == TerritoryKind.LIVING_AREA else None


def _of_kind(rows: Iterable[PlaceRow], kind: TerritoryKind) -> list[PlaceRow]:
    return [row for row in rows if row.kind == kind]


def _others(rows: Iterable[PlaceRow], territory: Territory) -> list[PlaceRow]:
    return [row for row in rows if row.pk != territory.pk]


def _outline(rows: Iterable[PlaceRow], territory: Territory) -> str:
    return next((row.path for row in rows if row.pk == territory.pk), "")


def _draw(territory: Territory, title: str, description: str, rows: list[PlaceRow], **options) -> maps.Drawing | None:
    """A drawing of the place, its rows as links; None when the place has no box or no shape."""
    if not territory.bbox or not any(row.path for row in rows):
        return None
    shapes = [
        maps.Shape(row.path, row.name, "" if row.pk == territory.pk else row.address, current=row.pk == territory.pk)
        for row in rows
    ]
    return maps.draw("carte", title, description, territory.bbox, shapes, **options)


def _with_towns(drawing: maps.Drawing | None, towns: list[PlaceRow]) -> maps.Drawing | None:
    return drawing and maps.with_labels(drawing, _names(towns), town=True, limit=LABELLED_TOWNS)


def _names(rows: Iterable[PlaceRow]) -> list[tuple[str, float, float]]:
    return [(row.name, row.longitude, row.latitude) for row in rows if row.latitude is not None]


def _wider(place: PlaceInside, department: PlaceRow | None = None) -> figures.Columns:
    """Wider places whose figures stand beside those of the place: (name, kind) by primary key."""
    outers = (department or place.outer(TerritoryKind.DEPARTMENT), place.outer(TerritoryKind.REGION))
    return {outer.pk: (outer.name, outer.kind) for outer in outers if outer}


def _breadcrumb(place: PlaceInside, department: PlaceRow | None = None) -> list[tuple[str, str]]:
    outers = (place.outer(TerritoryKind.REGION), department or place.outer(TerritoryKind.DEPARTMENT))
    links = [(outer.name, address(outer.slug)) for outer in outers if outer]
    return [("Territoires", reverse("territories:index")), *links, (place.territory.name, "")]


def _holders(place: PlaceInside) -> list[tuple[str, str, str]]:
    """(kind, name, address) of the EPCI and bassin de vie that hold the place."""
    return [
        (identity.KIND_TITLES[kind], outer.name, address(outer.slug)) for kind in AREAS if (outer := place.outer(kind))
    ]


def index() -> dict:
    """Map, departments and lists of the region; everything empty while no region is loaded."""
    region = Territory.objects.live().filter(kind=TerritoryKind.REGION, code=settings.REGION).first()
    if region is None:
        return {"region": None, "drawing": None, "departments": [], "lists": []}
    departments, areas = region_rows(region)
    return {
        "region": {"name": region.name, "href": address(region.slug), **identity.source(region)},
        "drawing": region_map(region, departments),
        "departments": [_card(row) for row in departments if row.pk != region.pk],
        "lists": _by_kind(areas),
    }


def _card(row: PlaceRow) -> dict:
    return {
        "pk": row.pk,
        "name": row.name,
        "code": row.code,
        "href": row.address,
        "population": identity.population(row.population),
        "area": identity.area(row.area_km2),
    }


def search_results(results: Results) -> dict:
    """Results of a search, each with what tells homonyms apart."""
    rows = [
        {
            "name": row.name,
            "href": row.address,
            "meta": f"{identity.KIND_TITLES[row.kind]}, code {row.code}, {identity.population(row.population)}",
        }
        for row in results.rows
    ]
    title = f"Les {MAX_RESULTS} premiers résultats" if results.cut else plural(len(rows), "résultat")
    return {"title": title, "rows": rows, "cut": results.cut}
