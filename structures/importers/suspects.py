"""Possible doubles: a structure that a list knows by name and FINESS by number. Told to staff, never merged."""

from collections import defaultdict
from collections.abc import Sequence

from guide.publishing.imports.contract import Notice
from structures.enums import Kind
from structures.models import Structure

# Kinds of which a commune has few: there, the same kind in the same commune deserves a look.
KINDS = (Kind.MSP, Kind.HEALTH_CENTRE, Kind.MEDICAL_HOUSE, Kind.CPTS, Kind.DAC, Kind.UNSCHEDULED)


def notices(new: Sequence) -> list[Notice]:
    """One notice per new structure that may be known already: same kind, same commune, one of the two unnumbered."""
    watched = [merged for merged in new if merged.structure.kind in KINDS]
    if not watched:
        return []
    held = defaultdict(list)
    rows = Structure.objects.filter(kind__in=KINDS, commune__in={m.structure.commune_id for m in watched})
    for kind, commune, number, name in rows.order_by("pk").values_list("kind", "commune", "finess", "name"):
        held[kind, commune, not number].append(name)
    found = []
    for merged in watched:
        structure = merged.structure
        names = held[structure.kind, structure.commune_id, bool(structure.finess)]
        if names:
            known = " ; ".join(names[:3])
            told = f"« {structure.name} » est peut-être déjà connue : {known}"
            found.append(Notice(merged.line, merged.external_id, told))
    return found
