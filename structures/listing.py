"""Context of the list of structures."""

from django.urls import reverse

from guide.core.french import plural
from guide.core.search import paginate
from structures import completeness, facets, panel
from structures.filters import SORT_LABELS
from structures.rows import rows
from structures.search import StructureSearch


def listing(search: StructureSearch, version: str) -> dict:
    """Everything that structures/list.html and its fragment print at a content version."""
    counts = facets.count(search) if search.is_valid else None
    return {
        "breadcrumb": [("Structures de soins", "")],
        "way_out": [("Voir toutes les structures", search.path)],
        "panel": panel.build(search, counts),
        "description": search.description,
        "messages": search.messages,
        "candidates": search.candidates,
        "chips": search.chips,
        "reset": search.path,
        "canonical": search.address(page=str(search.page)),
        **(_results(search, counts, version) if counts else _nothing(search)),
    }


def _results(search: StructureSearch, counts: facets.Counts, version: str) -> dict:
    pages = paginate(search, counts.total)
    if not pages.exists:
        message = f"La page {search.page} n'existe pas : il y a {plural(pages.count, 'page')} de résultats."
        return _nothing(search) | {"messages": [message], "first_page": search.address()}
    names = {place.pk: place.name for place in search.departments}
    found = search.queryset()[pages.first_row : pages.last_row]
    kinds = search.values.get("type") or [kind for kind, number in counts.by_filter["type"].items() if number]
    return {
        "is_valid": True,
        "heading": f"{plural(counts.total, 'résultat')} : {search.description}",
        "rows": rows(found, names, with_distance=search.centre is not None) if counts.total else [],
        "pages": pages,
        "sorts": _sorts(search),
        "notes": completeness.notes_for(kinds, version),
        "first_page": "",
        "map_address": search.address(reverse("structures:map")),
        "list_address": "",
        "csv_address": search.address(reverse("structures:csv"), tri=""),
        "geojson_address": search.address(reverse("structures:geojson"), tri=""),
    }


def _nothing(search: StructureSearch) -> dict:
    """Without results: a wrong value never shows the whole table."""
    return {"is_valid": False, "heading": "Aucune liste : cette recherche est à corriger.", "first_page": ""}


def _sorts(search: StructureSearch) -> list[tuple[str, str, bool]]:
    """(label, address, is current) of each order."""
    codes = [code for code in SORT_LABELS if code != "distance" or search.centre]
    return [(SORT_LABELS[code], search.address(tri=code), code == search.sort) for code in codes]
