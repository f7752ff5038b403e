"""Compare planned places with the tables, and write the differences."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace

from django.db.models import Q
from django.utils import timezone

from guide.core import slugs
from guide.core.french import fold
from guide.core.imports.contract import RowDifference, row_difference
from guide.territories.enums import TerritoryKind
from guide.territories.importers.gazetteer import PlannedPlace
from guide.territories.importers.shapes import Key
from guide.territories.importers.stored import Stored
from guide.territories.models import Containment, Contour, PostalCode, Territory

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


def differences(places: Mapping[Key, PlannedPlace], stored: Stored) -> list[PlaceChange]:
    """Places to create (every column differs) or to update."""
    return [found for place in places.values() if (found := _difference(place, stored))]


def _difference(place: PlannedPlace, stored: Stored) -> PlaceChange | None:
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
