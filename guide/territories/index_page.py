"""What the index of the places holds, ready to print."""

from django.conf import settings

from guide.core.french import plural
from guide.territories import identity, link_lists, pages, places
from guide.territories.enums import TerritoryKind
from guide.territories.models import Territory
from guide.territories.search.results import MAX_RESULTS, Results

EMPTY = {"region": None, "drawing": None, "departments": [], "lists": []}


def build() -> dict:
    """Map, departments and lists of the region; everything empty while no region is loaded."""
    region = Territory.objects.live().filter(kind=TerritoryKind.REGION, code=settings.REGION).first()
    if region is None:
        return EMPTY
    departments, areas = pages.region_rows(region)
    return EMPTY | {
        "region": {"name": region.name, "href": places.address(region.slug), **identity.source(region)},
        "drawing": pages.region_map(region, departments),
        "departments": [_card(row) for row in departments if row.pk != region.pk],
        "lists": link_lists.by_kind(areas),
    }


def _card(row: places.PlaceRow) -> dict:
    return {
        "pk": row.pk,
        "name": row.name,
        "code": row.code,
        "slug": row.slug,
        "href": row.address,
        "population": identity.population(row.population),
        "area": identity.area(row.area_km2),
    }


def found(results: Results) -> dict:
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
