"""Possible doubles: a structure that a list knows by name and FINESS by number. Told to staff, never merged."""

from collections import defaultdict
from collections.abc import Sequence

from guide.core.imports.contract import Notice
from structures.enums import Kind
from structures.importers.changes import StructureChange
from structures.models import Structure

# Kinds of which a commune has few: there, the same kind in the same commune deserves a look.
KINDS = (Kind.MSP, Kind.HEALTH_CENTRE, Kind.MEDICAL_HOUSE, Kind.CPTS, Kind.DAC, Kind.UNSCHEDULED)


def notices(new: Sequence[StructureChange]) -> list[Notice]:
    """One notice per new structure that may be known already: same kind, same commune, one of the two unnumbered."""
    watched = [change for change in new if change.structure.kind in KINDS]
    numbered = _names([change for change in watched if not change.structure.finess], without_number=False)
    unnumbered = _names([change for change in watched if change.structure.finess], without_number=True)
    found = []
    for change in watched:
        structure = change.structure
        names = (unnumbered if structure.finess else numbered).get((structure.kind, structure.commune_id))
        if names:
            known = " ; ".join(names[:3])
            told = f"« {structure.name} » est peut-être déjà connue : {known} (docs/imports-structures.md)"
            found.append(Notice(change.record.line, change.record.external_id, told))
    return found


def _names(watched: Sequence[StructureChange], *, without_number: bool) -> dict[tuple[str, int], list[str]]:
    """Names of the structures that stand in the same communes, by kind and commune."""
    names = defaultdict(list)
    if watched:
        rows = Structure.objects.filter(
            kind__in=KINDS,
            commune__in={change.structure.commune_id for change in watched},
            finess__isnull=without_number,
        )
        for kind, commune, name in rows.order_by("pk").values_list("kind", "commune", "name"):
            names[kind, commune].append(name)
    return names
