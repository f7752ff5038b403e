"""Compare planned places with the tables, and write the differences."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace

from django.utils import timezone

from guide.core import slugs
from guide.core.french import fold
from guide.core.imports import differences as words
from guide.territories.enums import TerritoryKind
from guide.territories.importers.gazetteer import Key, Place
from guide.territories.importers.stored import Stored
from guide.territories.models import Containment, Contour, PostalCode, Territory

SHAPES = ("full", "simplified", "path_fine", "path_coarse")
BATCH = 500
REDIRECT_KIND = "territory"


@dataclass(slots=True)
class Difference:
    """One place that the tables do not hold as planned; `fields` are its columns that change, by name."""

    place: Place
    fields: dict[str, object] = field(default_factory=dict)
    contour: bool = False
    relations: bool = False


def differences(places: Mapping[Key, Place], stored: Stored) -> list[Difference]:
    """Places to create (every column differs) or to update."""
    found = (_difference(place, stored) for place in places.values())
    return [difference for difference in found if difference]


def _difference(place: Place, stored: Stored) -> Difference | None:
    row = stored.rows.get(place.key)
    parent = stored.rows.get(place.parent) if place.parent else None
    values = columns(place)
    changed = {name: value for name, value in values.items() if row is None or getattr(row, name) != value}
    if row is None or row.parent_id != (parent.pk if parent else None):
        changed["parent"] = place.parent
    contour = place.outline is not None and not _same_contour(place, stored)
    relations = (
        stored.outers[place.key] != place.outers
        or stored.neighbours[place.key] != place.neighbours
        or stored.postal_codes[place.key] != place.postal_codes
    )
    return Difference(place, changed, contour, relations) if changed or contour or relations else None


def in_words(found: Difference, stored: Stored) -> words.Difference:
    """What a reader is told: columns before and after; shapes and relations are only named."""
    identifier, row = f"{found.place.name} ({found.place.key[1]})", stored.rows.get(found.place.key)
    if row is None:
        return words.Difference(identifier, created=True)
    before = {name: str(row.parent or "") if name == "parent" else getattr(row, name) for name in found.fields}
    after = {name: " ".join(value) if name == "parent" and value else value for name, value in found.fields.items()}
    told = words.updated(identifier, before, after, model=Territory)
    if found.contour:
        told = replace(told, fields=(*told.fields, ("contour", "ancien", "nouveau")))
    if found.relations:
        told = replace(told, fields=(*told.fields, ("rattachements, voisins ou codes postaux", "anciens", "nouveaux")))
    return told


def columns(place: Place) -> dict[str, object]:
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


def _same_contour(place: Place, stored: Stored) -> bool:
    contour = stored.contours.get(place.key)
    return contour is not None and all(getattr(contour, name) == getattr(place.outline, name) for name in SHAPES)


def write(found: Iterable[Difference], stored: Stored) -> None:
    """Write differences: rows from the widest kind down, then relations and contours."""
    found = list(found)
    order = list(TerritoryKind.values)
    for kind in order:
        _create([item for item in found if item.place.key[0] == kind and item.place.key not in stored.rows], stored)
    _update([item for item in found if item.fields], stored)
    related = [item.place for item in found if item.relations]
    _write_containments(related, stored)
    _write_postal_codes(related, stored)
    _write_neighbours(related, stored)
    _write_contours([item.place for item in found if item.contour], stored)


def _create(found: list[Difference], stored: Stored) -> None:
    rows = [
        Territory(
            kind=item.place.key[0],
            code=item.place.key[1],
            parent=stored.rows[item.place.parent] if item.place.parent else None,
            **columns(item.place),
        )
        for item in found
    ]
    for row in Territory.objects.bulk_create(rows, batch_size=BATCH):
        stored.rows[row.kind, row.code] = row
        stored.keys[row.pk] = (row.kind, row.code)
    for item in found:
        item.fields.clear()


def _update(found: list[Difference], stored: Stored) -> None:
    """Columns that changed; slugs go through a neutral value, so that two places may exchange theirs."""
    moved: dict[str, str] = {}
    rows, names = [], set()
    for item in found:
        row = stored.rows[item.place.key]
        if row.slug != item.place.slug:
            moved[row.slug] = item.place.slug
            Territory.objects.filter(pk=row.pk).update(slug=f"~{row.pk}")
        for name, value in item.fields.items():
            setattr(row, name, stored.rows.get(value) if name == "parent" else value)
            names.add(name)
        rows.append(row)
    if rows and names:
        Territory.objects.bulk_update(rows, sorted(names), batch_size=BATCH)
    slugs.record_moves(REDIRECT_KIND, moved)


def _write_containments(places: list[Place], stored: Stored) -> None:
    pk = {key: row.pk for key, row in stored.rows.items()}
    for place in places:
        gone = stored.outers[place.key] - place.outers
        if gone:
            Containment.objects.filter(inner=pk[place.key], outer__in=[pk[key] for key in gone]).delete()
    Containment.objects.bulk_create(
        [
            Containment(inner_id=pk[place.key], outer_id=pk[key])
            for place in places
            for key in sorted(place.outers - stored.outers[place.key])
        ],
        batch_size=BATCH,
    )


def _write_postal_codes(places: list[Place], stored: Stored) -> None:
    for place in places:
        gone = stored.postal_codes[place.key] - place.postal_codes
        if gone:
            PostalCode.objects.filter(commune=stored.rows[place.key], code__in=gone).delete()
    PostalCode.objects.bulk_create(
        [
            PostalCode(commune=stored.rows[place.key], code=code)
            for place in places
            for code in sorted(place.postal_codes - stored.postal_codes[place.key])
        ],
        batch_size=BATCH,
    )


def _write_neighbours(places: list[Place], stored: Stored) -> None:
    link = Territory.neighbours.through
    pk = {key: row.pk for key, row in stored.rows.items()}
    for place in places:
        gone = stored.neighbours[place.key] - place.neighbours
        if gone:
            others = [pk[key] for key in gone]
            link.objects.filter(from_territory=pk[place.key], to_territory__in=others).delete()
            link.objects.filter(to_territory=pk[place.key], from_territory__in=others).delete()
    link.objects.bulk_create(
        [
            link(from_territory_id=pk[place.key], to_territory_id=pk[key])
            for place in places
            for key in sorted(place.neighbours - stored.neighbours[place.key])
        ],
        batch_size=BATCH,
    )


def _write_contours(places: list[Place], stored: Stored) -> None:
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
    link = Territory.neighbours.through
    link.objects.filter(from_territory__in=gone).delete()
    link.objects.filter(to_territory__in=gone).delete()
