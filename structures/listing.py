"""The page of the list: the filter panel with its counts, the rows of one page, what is said of incomplete lists.

All of it is ready to print: no form widget is rendered, and rows are made in one pass from plain values.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

from django.db.models import CharField, Count, QuerySet, Value
from django.db.models.functions import Cast
from django.urls import reverse
from django.utils.text import capfirst

from guide.core.content_version import kept
from guide.core.french import NBSP, date_beside, number, partial_date, plural, typographic
from guide.core.search import Facet, Option, paginate
from structures.enums import APPROXIMATE, KINDS_BY_GROUP, SHORT_LABELS, Kind
from structures.models import CompletenessNote
from structures.search import FILTERS, SORT_LABELS, StructureFilter, StructureSearch

COLUMNS = (
    "slug", "kind", "name", "commune__name", "commune__parent", "coordinate_source", "recruiting", "welcomes_interns",
    "source_date", "latitude", "longitude",
)  # fmt: skip
Badge = tuple[str, str]
RECRUITS: Badge = ("good", "Recrute")
INTERNS: Badge = ("accent", "Accueille des internes")
APPROXIMATE_BADGE: Badge = ("quiet", "Position approximative")
COUNTED = {one.name: one for one in FILTERS if isinstance(one, StructureFilter) and one.column}
RADII = (5, 10, 20, 30, 50, 100)
HIDDEN = ("territoire", "bbox", "tri")
LABELLED = [one for one in FILTERS if isinstance(one, StructureFilter) and one.label]
CHECKS = [one for one in LABELLED if one.many]
FLAGS = [one for one in LABELLED if not one.many]


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


class Counts(NamedTuple):
    """Number of structures by choice of each counted filter ("" stands for none of them), and of the search."""

    by_filter: dict[str, Counter[str]]
    total: int


def _count(search: StructureSearch) -> Counts:
    """How many structures each choice of the panel would give, the other filters being kept, in one statement.

    It reads an index alone (structures_kind_place, structures_place_kind): a department or a kind that is asked for
    narrows the one or the other, so that counts stay quick beside 100,000 structures.
    """
    found: dict[str, Counter[str]] = {name: Counter() for name in COUNTED}
    if COUNTED.keys() & search.values.keys():
        first, *others = [_labelled(search.unsorted(without=(name,)), one) for name, one in COUNTED.items()]
        for name, value, size in first.union(*others, all=True):
            found[name][COUNTED[name].counted(search, value)] += size
    else:
        for *values, size in _grouped(search.unsorted(), *(one.column for one in COUNTED.values())):
            for (name, one), value in zip(COUNTED.items(), values, strict=True):
                found[name][one.counted(search, value)] += size
    name, counted = next(iter(found.items()))
    return Counts(found, sum(counted[value] for value in search.values.get(name, counted)))


def _grouped(structures: QuerySet, *columns: str) -> QuerySet:
    return structures.order_by().values_list(*columns).annotate(number=Count("*"))


def _labelled(structures: QuerySet, counted: StructureFilter) -> QuerySet:
    """Counts by one column as (name of the filter, value as text, number), so that several make one statement."""
    labelled = structures.annotate(facet=Value(counted.name), choice=Cast(counted.column, CharField()))
    return _grouped(labelled, "facet", "choice")


def _panel(search: StructureSearch, counts: Counts | None) -> dict[str, Any]:
    """Everything that structures/_panel.html prints; without `counts` (a value was wrong) no count is shown."""
    by_filter = counts.by_filter if counts else {}
    kinds = {option.value: option for option in search.options("type", by_filter.get("type"))}
    return {
        "groups": [(group.label, [kinds[kind] for kind in of_group]) for group, of_group in KINDS_BY_GROUP.items()],
        "facets": [
            Facet(
                one.name,
                one.label,
                "checks",
                search.options(one.name, by_filter.get(one.name)),
                bool(one.column),
                capfirst(search.unknown_of(one.name)),
            )
            for one in CHECKS
            if search.can_answer(one.name)
        ],
        "flags": [
            (one.name, search.options(one.name)[0], search.unknown_of(one.name))
            for one in FLAGS
            if search.can_answer(one.name)
        ],
        "radii": [Option(str(km), f"{km}\u00a0km", km == search.radius) for km in sorted({*RADII, search.radius})],
        "place": search.typed,
        "words": search.one("q"),
        "hidden": [(name, value) for name in HIDDEN for value in search.values.get(name, [])],
    }


class Note(NamedTuple):
    """One sentence on the completeness of the list of a kind, with its source and date, ready to print."""

    label: str
    text: str
    source: str
    date: str


def _printed() -> dict[str, Note]:
    rows = CompletenessNote.objects.order_by("kind").values_list("kind", "text", "source", "source_date")
    return {
        kind: Note(SHORT_LABELS[Kind(kind)], typographic(text), typographic(source), date_beside(source, day))
        for kind, text, source, day in rows
    }


def notes_for(kinds: Iterable[str], version: str) -> list[Note]:
    """Notes on the lists of these kinds (all kinds when none is named) at a content version, ready to print."""
    found, wanted = kept(version, "completeness-notes", _printed), set(kinds)
    return [note for kind, note in found.items() if kind in wanted or not wanted]


def listing(search: StructureSearch, version: str) -> dict:
    """Everything that structures/list.html and its fragment print at a content version."""
    counts = _count(search) if search.is_valid else None
    return {
        "breadcrumb": [("Structures de soins", "")],
        "way_out": [("Voir toutes les structures", search.path)],
        "panel": _panel(search, counts),
        "description": search.description,
        "messages": search.messages,
        "candidates": search.candidates,
        "chips": search.chips,
        "reset": search.path,
        "canonical": search.address(page=str(search.page)),
        **(_results(search, counts, version) if counts else _nothing(search)),
    }


def _results(search: StructureSearch, counts: Counts, version: str) -> dict:
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
        "notes": notes_for(kinds, version),
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
