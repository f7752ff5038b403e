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
    known = _names({change.structure.commune_id for change in watched})
    found = []
    for change in watched:
        structure = change.structure
        if names := known.get((structure.kind, structure.commune_id, not structure.finess)):
            told = " ; ".join(names[:3])
            told = f"« {structure.name} » est peut-être déjà connue : {told} (docs/imports-structures.md)"
            found.append(Notice(change.record.line, change.record.external_id, told))
    return found


def _names(communes: set[int]) -> dict[tuple[str, int, bool], list[str]]:
    """Names of the structures that stand there, by kind, commune, and whether they have a FINESS number."""
    names = defaultdict(list)
    rows = Structure.objects.filter(kind__in=KINDS, commune__in=communes).order_by("pk")
    for kind, commune, finess, name in rows.values_list("kind", "commune", "finess", "name"):
        names[kind, commune, finess is not None].append(name)
    return names
