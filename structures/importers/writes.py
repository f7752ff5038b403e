"""What structure imports write in bulk: structures, their identity in a source, and what hangs on them.

bulk_create with update_conflicts is several times faster than bulk_update. What hangs on a structure comes as plain
lists that can be merged and stored: modes [code]; staff [[slug, label, headcount]]; stops [[commune pk, place,
schedule]]; groups [[reference, is_support]]; coverage [INSEE codes], or ["kind:code"] for one existing territory.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.utils import timezone
from django.utils.text import slugify

from guide.core.french import fold
from guide.core.imports.engine import about_to_change
from guide.territories.enums import TerritoryKind
from guide.territories.models import Containment, Territory
from guide.territories.positions import union
from structures.actions import set_search_text
from structures.importers.merging import LISTS, StructureChange
from structures.models import Membership, StaffMember, Stop, Structure, StructureMode, StructureSource

Lists = dict[int, dict[str, list]]
# The rows of these lists are those of one model: the columns that a value gives. `modes` holds the one column itself.
MODELS = {
    "modes": (StructureMode, ("mode",)),
    "staff": (StaffMember, ("speciality", "label", "headcount")),
    "stops": (Stop, ("commune_id", "place", "schedule")),
}


def read_lists(keys: Iterable[int]) -> Lists:
    """Lists of these structures, by primary key; `groups` as [[sorted aliases of the group, is_support]]."""
    keys = list(keys)
    found: Lists = {pk: {name: [] for name in LISTS} for pk in keys}
    for name, (model, columns) in MODELS.items():
        for pk, *values in model.objects.filter(structure__in=keys).values_list("structure", *columns):
            found[pk][name].append(values if len(columns) > 1 else values[0])
    for lists in found.values():
        for name in MODELS:
            lists[name].sort()
    for pk, group, support in Membership.objects.filter(member__in=keys).values_list("member", "group", "is_support"):
        found[pk]["groups"].append([group, support])
    names = aliases({group for lists in found.values() for group, _ in lists["groups"]})
    for lists in found.values():
        lists["groups"] = [[sorted(names[group]), support] for group, support in lists["groups"]]
    covered = Structure.objects.filter(pk__in=keys, coverage__isnull=False).order_by()
    for pk, kind, code, area in covered.values_list("pk", "coverage__kind", "coverage__code", "coverage"):
        found[pk]["coverage"] = _communes(area) if kind == TerritoryKind.CPTS_AREA else [f"{kind}:{code}"]
    return found


def aliases(keys: Iterable[int]) -> dict[int, set[str]]:
    """Every reference by which a list may name these structures: identifiers, FINESS number, slug."""
    names = defaultdict(set)
    for pk, finess, slug in Structure.objects.filter(pk__in=keys).values_list("pk", "finess", "slug"):
        names[pk].update(name for name in (finess, slug) if name)
    for pk, name in StructureSource.objects.filter(structure__in=keys).values_list("structure", "external_id"):
        names[pk].add(name)
    return names


def resolve(references: Iterable[str]) -> dict[str, int]:
    """Primary keys of the structures that these references name; those that name nothing are left out."""
    references = list(references)
    found = dict(Structure.objects.filter(slug__in=references).values_list("slug", "pk"))
    rows = StructureSource.objects.filter(external_id__in=references).order_by("-pk")
    found |= dict(rows.values_list("external_id", "structure"))
    return found | dict(Structure.objects.filter(finess__in=references).values_list("finess", "pk"))


def write_lists(structure: Structure, changes: Mapping[str, Any]) -> None:
    """Replace the lists that changed, but for the groups, which may not exist yet."""
    for name in MODELS.keys() & changes.keys():
        model, columns = MODELS[name]
        model.objects.filter(structure=structure).delete()
        rows = (value if len(columns) > 1 else [value] for value in changes[name])
        model.objects.bulk_create(
            model(structure=structure, **dict(zip(columns, values, strict=True))) for values in rows
        )
    if "coverage" in changes:
        write_coverage(structure, changes["coverage"])


def write_groups(wanted: Mapping[int, list]) -> None:
    """Set the groups of structures: {member pk: [[reference, is_support]]}; all references exist by now."""
    keys = resolve({reference for groups in wanted.values() for reference, _ in groups})
    Membership.objects.filter(member__in=wanted).delete()
    Membership.objects.bulk_create(
        Membership(member_id=member, group_id=keys[reference], is_support=support)
        for member, groups in wanted.items()
        for reference, support in groups
    )


def _communes(area: int) -> list[str]:
    communes = Territory.objects.filter(kind=TerritoryKind.COMMUNE, outer_links__outer=area)
    return sorted(communes.values_list("code", flat=True))


def write_coverage(structure: Structure, codes: list[str]) -> None:
    """Set the perimeter of a structure: ["kind:code"] names a territory, INSEE codes make a perimeter of their own."""
    if not codes:
        territory = None
    elif ":" in codes[0]:
        kind, code = codes[0].split(":")
        territory = Territory.objects.get(kind=kind, code=code)
    else:
        territory = _own_area(structure, codes)
    structure.coverage = territory
    Structure.objects.filter(pk=structure.pk).update(coverage=territory)


def _own_area(structure: Structure, codes: list[str]) -> Territory:
    communes = list(Territory.objects.filter(kind=TerritoryKind.COMMUNE, code__in=codes))
    seat = structure.commune
    area, _ = Territory.objects.update_or_create(
        kind=TerritoryKind.CPTS_AREA,
        code=f"s{structure.pk}",
        defaults={
            "name": structure.name[:120],
            "slug": f"perimetre-{structure.slug}"[:140],
            "search_name": fold(structure.name)[:120],
            "population": _total(communes, "population"),
            "area_km2": _total(communes, "area_km2"),
            "latitude": seat.latitude,
            "longitude": seat.longitude,
            "bbox": union(commune.bbox for commune in communes if commune.bbox),
            "source": structure.source,
            "source_date": structure.source_date,
            "missing_since": None,
        },
    )
    area.outer_links.all().delete()
    area.inner_links.all().delete()
    Containment.objects.bulk_create(
        [
            *(Containment(inner=commune, outer=area) for commune in communes),
            *(Containment(inner=inner, outer_id=outer) for inner, outer in _around(area, communes)),
        ]
    )
    return area


def _around(area: Territory, communes: list[Territory]) -> list[tuple[Territory, int]]:
    """The area lies in itself and in every wider place that holds all its communes (department, region)."""
    wider = Containment.objects.filter(inner__in=communes).exclude(
        outer__kind__in=[TerritoryKind.COMMUNE, TerritoryKind.CPTS_AREA]
    )
    held: dict[int, set[int]] = defaultdict(set)
    for inner, outer in wider.values_list("inner", "outer"):
        held[inner].add(outer)
    shared = set.intersection(*held.values()) if held else ()
    return [(area, area.pk), *((area, outer) for outer in sorted(shared))]


def _total(communes: list[Territory], field: str):
    """Sum of a figure over the communes; None when one of them lacks it."""
    values = [getattr(commune, field) for commune in communes]
    return sum(values) if values and None not in values else None


BATCH = 1000


def create(changes: Sequence[StructureChange], commune_names: Mapping[int, str]) -> None:
    """Insert new structures, each with an address of its own."""
    structures = [change.structure for change in changes]
    _index(structures, commune_names)
    _give_slugs((c.structure, commune_names[c.structure.commune_id], c.record.external_id) for c in changes)
    Structure.objects.bulk_create(structures, batch_size=BATCH)


def update(structures: Sequence[Structure], columns: Sequence[str], commune_names: Mapping[int, str]) -> None:
    """Rewrite the importable columns of known structures, and nothing that only editors write."""
    _index(structures, commune_names)
    written = [Structure._meta.get_field(column).name for column in columns]
    Structure.objects.bulk_create(
        structures,
        batch_size=BATCH,
        update_conflicts=True,
        unique_fields=["id"],
        update_fields=[*written, "search_text", "list_order", "provenance", "missing_since", "updated_at"],
    )


def note_sources(source: str, changes: Iterable[StructureChange]) -> None:
    """Keep the identity of each row in its source, with its fingerprints."""
    StructureSource.objects.bulk_create(
        [
            StructureSource(
                source=source,
                external_id=change.record.external_id,
                structure=change.structure,
                row_digest=change.record.digest,
                state_digest=change.state_digest,
            )
            for change in changes
        ],
        batch_size=BATCH,
        update_conflicts=True,
        unique_fields=["source", "external_id"],
        update_fields=["structure", "row_digest", "state_digest", "missing_since"],
    )


def mark_missing(source: str, identifiers: Sequence[str]) -> None:
    """Date the disappearance of rows, and of the structures that no source holds any more."""
    today = timezone.localdate()
    for start in range(0, len(identifiers), BATCH):
        rows = StructureSource.objects.filter(source=source, external_id__in=identifiers[start : start + BATCH])
        keys = list(rows.values_list("structure", flat=True))
        rows.update(missing_since=today)
        held = StructureSource.objects.filter(structure__in=keys, missing_since=None).values("structure")
        lost = Structure.objects.filter(pk__in=keys, missing_since=None).exclude(pk__in=held)
        about_to_change(Structure, lost.values_list("pk", flat=True), "absente de la livraison")
        lost.update(missing_since=today)


def _index(structures: Iterable[Structure], commune_names: Mapping[int, str]) -> None:
    for structure in structures:
        commune = commune_names.get(structure.commune_id) or structure.commune.name
        set_search_text(structure, commune)


def _give_slugs(new: Iterable[tuple[Structure, str, str]]) -> None:
    wanted = [(structure, _slugs(structure, commune, identifier)) for structure, commune, identifier in new]
    every = {slug for _, slugs in wanted for slug in slugs}
    taken = set(Structure.objects.filter(slug__in=every).values_list("slug", flat=True))
    for structure, slugs in wanted:
        free = (slug for slug in slugs if slug not in taken)
        structure.slug = next(free, None) or _numbered(slugs[-1], taken)
        taken.add(structure.slug)


def _slugs(structure: Structure, commune: str, identifier: str) -> list[str]:
    """Possible slugs, the shortest first: name, with the commune, with the FINESS number or the identifier."""
    name = slugify(fold(structure.name))[:90].strip("-") or slugify(structure.kind)
    place = slugify(fold(commune))[:30].strip("-")
    code = slugify(structure.finess or identifier)[:18].strip("-")
    return [name, f"{name}-{place}", f"{name}-{place}-{code}"]


def _numbered(slug: str, taken: set[str]) -> str:
    """Two sheets of one name, one commune and one identifier come from two lists: number them."""
    number = 2
    while f"{slug}-{number}" in taken or Structure.objects.filter(slug=f"{slug}-{number}").exists():
        number += 1
    return f"{slug}-{number}"
