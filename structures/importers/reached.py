"""Imports of an editor who has a perimeter: rows that lie outside, or would leave it, are rejected."""

from typing import Any

from guide.backoffice.perimeter import Reach
from guide.core.enums import RejectReason
from guide.core.imports.contract import RowRejected
from structures.models import Structure


class Reached:
    """Communes and structures that an editor reaches."""

    def __init__(self, reach: Reach):
        self.names = reach.names()
        self._communes = set(reach.inside().values_list("pk", flat=True))
        inside = Structure.objects.filter(commune__in=reach.inside()).order_by()
        self._structures = set(inside.values_list("pk", flat=True))

    def holds(self, structure: int) -> bool:
        return structure in self._structures

    def check(self, values: dict[str, Any], structure: Structure | None) -> None:
        """RowRejected when a row of these values lies outside, or would take a sheet of others."""
        if structure is not None and not self.holds(structure.pk):
            raise self._outside(f"la fiche « {structure.name} » n'en fait pas partie")
        if values["commune_id"] not in self._communes:
            raise self._outside("la commune de la ligne n'en fait pas partie")

    def _outside(self, why: str) -> RowRejected:
        return RowRejected(RejectReason.OUT_OF_PERIMETER, f"hors de votre périmètre ({self.names}) : {why}")
