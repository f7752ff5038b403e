"""Writes of structure imports, in bulk: bulk_create with update_conflicts, several times faster than bulk_update."""

from collections.abc import Iterable, Mapping, Sequence

from django.utils import timezone
from django.utils.text import slugify

from guide.core.french import fold
from guide.core.imports.engine import about_to_change
from structures.actions import set_search_text
from structures.importers.merging import StructureChange
from structures.models import Structure, StructureSource

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
        update_fields=[*written, "search_text", "provenance", "missing_since", "updated_at"],
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
    """Recompute what searches compare: name, commune and FINESS number, folded."""
    for structure in structures:
        commune = commune_names.get(structure.commune_id) or structure.commune.name
        set_search_text(structure, commune)


def _give_slugs(new: Iterable[tuple[Structure, str, str]]) -> None:
    """Give a unique slug to each (structure, commune name, identifier)."""
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
