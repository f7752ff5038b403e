"""The tables of places: read whole once, in the terms of the gazetteer; compared with what is planned; written."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field, replace

import shapely
from django.db.models import Q
from django.utils import timezone

from guide.core import slugs
from guide.core.french import fold
from guide.core.imports.contract import RowDifference, row_difference
from guide.territories.enums import TerritoryKind
from guide.territories.geometry import Key
from guide.territories.importers.gazetteer import Gazetteer, Origin, PlannedPlace
from guide.territories.importers.place_files import Commune
from guide.territories.models import Containment, Contour, PostalCode, Territory

# The kinds of places that this importer owns; others (CPTS areas) are never touched.
KINDS = [kind for kind in TerritoryKind if kind != TerritoryKind.CPTS_AREA]


@dataclass(slots=True)
class Stored:
    """Rows by key, and their relations as keys."""

    rows: dict[Key, Territory] = field(default_factory=dict)
    outers: dict[Key, set[Key]] = field(default_factory=lambda: defaultdict(set))
    neighbours: dict[Key, set[Key]] = field(default_factory=lambda: defaultdict(set))
    postal_codes: dict[Key, set[str]] = field(default_factory=lambda: defaultdict(set))
    contours: dict[Key, Contour] = field(default_factory=dict)

    def live(self, kind: str) -> list[Territory]:
        """Places of one kind that the sources still held at the last import, by code."""
        rows = [row for (of_kind, _), row in self.rows.items() if of_kind == kind and row.missing_since is None]
        return sorted(rows, key=lambda row: row.code)

    def outer(self, inner: Territory, kind: str) -> str:
        """Code of the place of one kind that holds a commune, "" when there is none."""
        return next((code for of_kind, code in self.outers[inner.kind, inner.code] if of_kind == kind), "")


def load() -> Stored:
    """Everything that the tables hold."""
    stored = Stored({(row.kind, row.code): row for row in Territory.objects.filter(kind__in=KINDS)})
    keys = {row.pk: key for key, row in stored.rows.items()}
    for inner, outer in Containment.objects.values_list("inner", "outer"):
        if inner in keys and outer in keys:
            stored.outers[keys[inner]].add(keys[outer])
    for first, second in Territory.neighbours.through.objects.values_list("from_territory", "to_territory"):
        if first in keys and second in keys:
            stored.neighbours[keys[first]].add(keys[second])
    for commune, code in PostalCode.objects.values_list("commune", "code"):
        stored.postal_codes[keys[commune]].add(code)
    stored.contours = {keys[row.pk]: row for row in Contour.objects.all() if row.pk in keys}
    return stored


def complete(gazetteer: Gazetteer, stored: Stored, delivered: Iterable[str], kept: Iterable[str]) -> None:
    """Fill the gazetteer from the tables where this delivery is silent.

    `delivered` names the files given; `kept` are codes whose row was rejected: what was known of them stays,
    so that a defect in one row makes no hole in a department.
    """
    given, kept = set(delivered), set(kept)
    communes = stored.live(TerritoryKind.COMMUNE)
    known = {commune.code for commune in gazetteer.communes}
    for row in communes:
        if row.code not in known and ("communes" not in given or row.code in kept):
            gazetteer.communes.append(_commune(row, stored))
    for row in stored.live(TerritoryKind.EPCI):
        if "epci" not in given or row.code in kept:
            gazetteer.epci_names.setdefault(row.code, row.name)
    for row in communes:
        code = stored.outer(row, TerritoryKind.LIVING_AREA)
        if code and ("bassins" not in given or row.code in kept):
            gazetteer.living_areas.setdefault(row.code, code)
            gazetteer.living_area_names.setdefault(code, stored.rows[TerritoryKind.LIVING_AREA, code].name)
    for kind in KINDS:
        for row in stored.live(kind)[:1]:
            gazetteer.origins.setdefault(kind, Origin(row.source, row.source_date))


def _commune(row: Territory, stored: Stored) -> Commune:
    key = (row.kind, row.code)
    return Commune(
        code=row.code,
        name=row.name,
        department=stored.outer(row, TerritoryKind.DEPARTMENT),
        epci=stored.outer(row, TerritoryKind.EPCI),
        postal_codes=frozenset(stored.postal_codes[key]),
        population=row.population,
        latitude=row.latitude,
        longitude=row.longitude,
        shape=shapely.from_geojson(stored.contours[key].full),
    )


SHAPES = ("full", "simplified", "path_fine", "path_coarse")
BATCH = 500
# Relations of a place: their name in the plan, their table, its columns for the place and for what it is tied to.
RELATIONS = (
    ("outers", Containment, "inner_id", "outer_id"),
    ("postal_codes", PostalCode, "commune_id", "code"),
    ("neighbours", Territory.neighbours.through, "from_territory_id", "to_territory_id"),
)


@dataclass(slots=True)
class PlaceChange:
    """One place that the tables do not hold as planned; `fields` are its columns that change, by name."""

    place: PlannedPlace
    fields: dict[str, object] = field(default_factory=dict)
    contour: bool = False
    relations: bool = False


def difference(place: PlannedPlace, stored: Stored) -> PlaceChange | None:
    """What is to be written of a place, every column when it is new; None when the tables hold it as planned."""
    row = stored.rows.get(place.key)
    parent = stored.rows.get(place.parent) if place.parent else None
    values = columns(place)
    changed = {name: value for name, value in values.items() if row is None or getattr(row, name) != value}
    if row is None or row.parent_id != (parent.pk if parent else None):
        changed["parent"] = place.parent
    contour = place.outline is not None and not _same_contour(place, stored)
    relations = any(getattr(stored, name)[place.key] != getattr(place, name) for name, *_ in RELATIONS)
    return PlaceChange(place, changed, contour, relations) if changed or contour or relations else None


def in_words(found: PlaceChange, stored: Stored) -> RowDifference:
    """What a reader is told: columns before and after; shapes and relations are only named."""
    identifier, row = f"{found.place.name} ({found.place.key[1]})", stored.rows.get(found.place.key)
    if row is None:
        return RowDifference(identifier, created=True)
    before = {name: str(row.parent or "") if name == "parent" else getattr(row, name) for name in found.fields}
    after = {name: " ".join(value) if name == "parent" and value else value for name, value in found.fields.items()}
    told = row_difference(identifier, before, after, model=Territory)
    shapes = [("contour", "ancien", "nouveau")] if found.contour else []
    ties = [("rattachements, voisins ou codes postaux", "anciens", "nouveaux")] if found.relations else []
    return replace(told, fields=(*told.fields, *shapes, *ties))


def columns(place: PlannedPlace) -> dict[str, object]:
    """The place's own columns, its parent apart."""
    outline = place.outline
    return {
        "name": place.name,
        "slug": place.slug,
        "search_name": fold(place.name),
        "population": place.population,
        "area_km2": outline.area_km2 if outline else None,
        "latitude": place.latitude,
        "longitude": place.longitude,
        "bbox": outline.bbox if outline else None,
        "extent": str(place.extent),
        "source": place.origin.source,
        "source_date": place.origin.source_date,
        "missing_since": None,
    }


def _same_contour(place: PlannedPlace, stored: Stored) -> bool:
    contour = stored.contours.get(place.key)
    return contour is not None and all(getattr(contour, name) == getattr(place.outline, name) for name in SHAPES)


def write(created: list[PlaceChange], updated: list[PlaceChange], stored: Stored) -> None:
    """Write differences: new rows from the widest kind down, changed ones, then relations and contours."""
    for kind in TerritoryKind:
        _create([change.place for change in created if change.place.key[0] == kind], stored)
    _update([change for change in updated if change.fields], stored)
    _write_relations([change.place for change in (*created, *updated) if change.relations], stored)
    _write_contours([change.place for change in (*created, *updated) if change.contour], stored)


def _create(places: list[PlannedPlace], stored: Stored) -> None:
    rows = [
        Territory(
            kind=place.key[0],
            code=place.key[1],
            parent=stored.rows[place.parent] if place.parent else None,
            **columns(place),
        )
        for place in places
    ]
    for row in Territory.objects.bulk_create(rows, batch_size=BATCH):
        stored.rows[row.kind, row.code] = row


def _update(found: list[PlaceChange], stored: Stored) -> None:
    """Columns that changed; slugs go through a neutral value, so that two places may exchange theirs."""
    moved: dict[str, str] = {}
    names: set[str] = set()
    for item in found:
        row = stored.rows[item.place.key]
        if row.slug != item.place.slug:
            moved[row.slug] = item.place.slug
            Territory.objects.filter(pk=row.pk).update(slug=f"~{row.pk}")
        for name, value in item.fields.items():
            setattr(row, name, stored.rows.get(value) if name == "parent" else value)
        names |= item.fields.keys()
    if found:
        rows = [stored.rows[item.place.key] for item in found]
        Territory.objects.bulk_update(rows, sorted(names), batch_size=BATCH)
    slugs.record_moves("territory", moved)


def _write_relations(places: list[PlannedPlace], stored: Stored) -> None:
    """What a place no longer has is deleted, what it did not have is added."""
    pk = {key: row.pk for key, row in stored.rows.items()}
    for name, model, owner, other in RELATIONS:
        new = []
        for place in places:
            before, after = getattr(stored, name)[place.key], getattr(place, name)
            if gone := [pk.get(one, one) for one in before - after]:  # a postal code stands for itself
                model.objects.filter(**{owner: pk[place.key], f"{other}__in": gone}).delete()
            new += [model(**{owner: pk[place.key], other: pk.get(one, one)}) for one in sorted(after - before)]
        model.objects.bulk_create(new, batch_size=BATCH)


def _write_contours(places: list[PlannedPlace], stored: Stored) -> None:
    new, changed = [], []
    for place in places:
        shapes = {name: getattr(place.outline, name) for name in SHAPES}
        row = Contour(territory=stored.rows[place.key], **shapes)
        (changed if place.key in stored.contours else new).append(row)
    Contour.objects.bulk_create(new, batch_size=BATCH)
    if changed:
        Contour.objects.bulk_update(changed, SHAPES, batch_size=BATCH)


def mark_missing(keys: Iterable[Key], stored: Stored) -> None:
    """Mark the places that the sources no longer hold; they keep their address and what is attached to them."""
    gone = [stored.rows[key].pk for key in keys]
    Territory.objects.filter(pk__in=gone).update(missing_since=timezone.localdate())
    links = Territory.neighbours.through.objects
    links.filter(Q(from_territory__in=gone) | Q(to_territory__in=gone)).delete()
