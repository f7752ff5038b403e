"""What structure imports read: what is known of a row, and the row itself."""

from dataclasses import dataclass
from typing import Any, NamedTuple

from guide.core.imports.contract import RawRow, Record, Reject, RowRejected


class Known(NamedTuple):
    """What the database holds of one identifier of the source."""

    structure: int
    row_digest: str
    state_digest: str
    missing: bool


@dataclass(slots=True)
class StructureRecord(Record):
    """A row; `values` is None until it is converted, which an unchanged one never needs to be."""

    values: dict[str, Any] | None
    row: RawRow
    digest: str

    def reject(self, rejected: RowRejected) -> Reject:
        return Reject(self.line, self.external_id[:120], rejected.reason, rejected.message[:500])
