"""What structure imports pass from one step to the next."""

from dataclasses import dataclass, field
from typing import Any, NamedTuple

from guide.core.imports.contract import Changes, Kept, RawRow, Record, Reject, RowRejected
from structures.models import Structure


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
        """The rejection of this row."""
        return Reject(self.line, self.external_id[:120], rejected.reason, rejected.message[:500])


@dataclass(slots=True)
class Merged:
    """One structure with its new values set, and what is to be written after it.

    `changes` are the fields that changed, lists included, and `before` what they were; `came_back` says that it
    was missing; `written` False means that the structure itself is as before: only the fingerprints of its row
    may be new.
    """

    line: int
    external_id: str
    structure: Structure
    changes: dict[str, Any]
    kept: list[Kept]
    came_back: bool
    written: bool
    row_digest: str
    before: dict[str, Any]
    state_digest: str = ""

    def fingerprints(self) -> tuple[str, str]:
        """Digests of the row and of the structure, as `StructureSource` keeps them."""
        return self.row_digest, self.state_digest


@dataclass(slots=True)
class StructureChanges(Changes):
    """`create` and `update` hold `Merged`; so does `noted`, where only fingerprints or provenance changed."""

    noted: list[Merged] = field(default_factory=list)
