"""What an importer is, and its words: rows, records, changes, and why a row or a file is refused."""

import json
from abc import ABC, abstractmethod
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any, Protocol

from django.core.exceptions import FieldDoesNotExist
from django.db import models
from django.db.models import QuerySet

from guide.core.enums import RefusalReason, RejectReason

SHOWN = 300  # letters of a value
_labels: dict[str, str] = {}  # what staff call each importer, by the key that its reports carry


def importer_choices() -> list[tuple[str, str]]:
    """(key, name in French) of every importer known, in the order of the names."""
    return sorted(_labels.items(), key=lambda pair: pair[1])


@dataclass(frozen=True, slots=True)
class RowDifference:
    """One row created or updated. `fields` are (name in French, before, after), as texts; a new row has none."""

    identifier: str
    created: bool = False
    fields: tuple[tuple[str, str, str], ...] = ()

    def __str__(self):
        if self.created:
            return f"{self.identifier} : nouvelle"
        return f"{self.identifier} : {' ; '.join(f'{name} : {a} → {b}' for name, a, b in self.fields) or 'de retour'}"


def row_difference(
    identifier: str,
    before: Mapping[str, Any],
    after: Mapping[str, Any],
    *,
    model: type[models.Model] | None = None,
) -> RowDifference:
    """The difference of a known row: every name of `after`, with what `before` holds. `model` names the fields."""
    fields = ((_label(model, name), shown(before.get(name)), shown(value)) for name, value in after.items())
    return RowDifference(str(identifier), fields=tuple(fields))


def _label(model: type[models.Model] | None, name: str) -> str:
    """French name of a column; a key of a file that is no column has its own."""
    try:
        return str(model._meta.get_field(name).verbose_name) if model else name
    except FieldDoesNotExist:
        return name


def shown(value: Any) -> str:
    """A value as an editor reads it, cut when it is long."""
    if value in (None, "", [], {}):
        return "vide"
    if isinstance(value, bool):
        return "oui" if value else "non"
    if isinstance(value, date):
        text = value.isoformat()
    elif isinstance(value, list | tuple | dict):
        text = json.dumps(value, ensure_ascii=False, default=str)
    else:
        text = str(value)
    return text if len(text) <= SHOWN else f"{text[:SHOWN]}… ({len(text)} signes)"


class ImportProblem(Exception):
    """Why something is not imported. The message is in French, for staff."""

    def __init__(self, reason: RefusalReason | RejectReason, message: str):
        super().__init__(message)
        self.reason = reason
        self.message = message


class FileRefused(ImportProblem):
    """The whole delivery is refused; nothing of it is written."""


class RowRejected(ImportProblem):
    """One row is left out and the rest goes on."""

    def at(self, line: int, identifier: str) -> "Reject":
        """The same for the report, cut to what it stores."""
        return Reject(line, identifier[:120], self.reason, self.message[:500])


class OutOfScope(Exception):
    """A row is sound and none of ours: of another region."""


@dataclass(frozen=True, slots=True)
class Delivery:
    """Files of one publisher and what is said of them on the pages.

    `source_date` has the precision known: "2025", "2025-07" or "2025-07-10".
    """

    files: Mapping[str, Path]
    source: str = ""
    source_url: str = ""
    source_date: str = ""
    licence: str = ""

    @property
    def file_names(self) -> str:
        return ", ".join(path.name for path in self.files.values())

    def sourcing(self, source: str, **about: str) -> dict[str, str]:
        """Where a row comes from: its own source with its address and date, else that of the delivery with its own.

        `about` holds `source_url` and `source_date` where the rows have them. RowRejected without any source.
        """
        if not (source or self.source):
            raise RowRejected(RejectReason.MISSING_VALUE, "source absente de la ligne et de la livraison")
        ours = {} if source else {"source_url": self.source_url, "source_date": self.source_date}
        return {"source": source or self.source} | {name: text or ours.get(name, "") for name, text in about.items()}


@dataclass(frozen=True, slots=True)
class RawRow:
    """One row as the file holds it; `line` counts from 1, header included."""

    line: int
    values: Any


@dataclass(slots=True)
class Record:
    """One row converted: its identity within the source, and its values ready for the database."""

    line: int
    external_id: str
    values: dict[str, Any]


@dataclass(frozen=True, slots=True)
class Kept:
    """A field that an editor changed by hand and that the import leaves as it is."""

    identifier: str
    field: str
    current: str
    offered: str


@dataclass(frozen=True, slots=True)
class Reject:
    """A row left out."""

    line: int | None
    identifier: str
    reason: RejectReason
    message: str


@dataclass(frozen=True, slots=True)
class Notice:
    """A row that was taken, but one value of which was set aside or deserves a look."""

    line: int | None
    identifier: str
    message: str


@dataclass(slots=True)
class Changes:
    """What comparing one batch of records with the database found; `apply` writes exactly this.

    `differences` says the same to a reader: one for each row of `create` and of `update`.
    """

    create: list[Any] = field(default_factory=list)
    update: list[Any] = field(default_factory=list)
    unchanged: int = 0
    kept: list[Kept] = field(default_factory=list)
    rejects: list[Reject] = field(default_factory=list)
    notices: list[Notice] = field(default_factory=list)
    differences: list[RowDifference] = field(default_factory=list)


class Scope(Protocol):
    """The places to which an import is limited, as the perimeter of an editor says them."""

    def inside(self) -> QuerySet:
        """Primary keys of these places and of all that lie in them, as a subquery."""

    def names(self) -> str:
        """These places in words, for messages."""


class Importer(ABC):
    """One kind of delivery. The engine calls, in order, for each batch: read, convert, compare, apply.

    `compare` reads the database and never writes; `apply`, `mark_missing` and `finish` write and are called
    on a real run only, inside the engine's transaction. `batch_size` None: all rows in one batch.
    """

    key: str
    label: str
    batch_size: int | None = 2000
    max_reject_share = 0.2
    min_share_of_last = 0.8

    def __init_subclass__(cls, **kwargs):
        super().__init_subclass__(**kwargs)
        if hasattr(cls, "label"):
            _labels[cls.key] = cls.label

    def __init__(self, delivery: Delivery):
        self.delivery = delivery

    @abstractmethod
    def read(self) -> Iterator[RawRow]:
        """Yield the rows of the files as they are; raise FileRefused when they cannot be read."""

    @abstractmethod
    def convert(self, row: RawRow) -> Iterable[Record]:
        """Turn a row into records (none: out of scope); raise RowRejected with its reason."""

    def identify(self, row: RawRow) -> str:
        """A short name of the row for the report, even when it cannot be converted."""
        return ""

    @abstractmethod
    def compare(self, records: list[Record]) -> Changes:
        """Compare a batch with the database."""

    @abstractmethod
    def apply(self, changes: Changes) -> None:
        """Write what `compare` found."""

    def known(self) -> int:
        """How many rows of this source the database holds: the measure of a plausible delivery."""
        return 0

    def missing(self, seen: set[str]) -> list[str]:
        """Identifiers that the database holds for this source and that the delivery no longer has."""
        return []

    def mark_missing(self, identifiers: list[str]) -> None:
        """Mark, never delete, the rows that have disappeared."""

    def limit(self, scope: Scope) -> None:
        """Keep the import inside the perimeter of who asks for it; called before the first row.

        FileRefused unless the importer knows where its rows lie: it is then for the region alone.
        """
        raise FileRefused(RefusalReason.FORBIDDEN, f"{self.label} : cet import est réservé aux éditeurs régionaux.")

    def check(self, seen: set[str], rejected: int) -> None:
        """Refuse an implausible delivery. The floor and the cap are shares of rows, without a unit."""
        total = len(seen) + rejected
        if not seen:
            raise FileRefused(RefusalReason.EMPTY, "Aucune ligne exploitable dans ce fichier.")
        if rejected > max(5, total * self.max_reject_share):
            raise FileRefused(
                RefusalReason.TOO_MANY_REJECTS,
                f"{rejected} lignes rejetées sur {total} : le fichier n'est sans doute pas celui attendu.",
            )
        known = self.known()
        if len(seen) < known * self.min_share_of_last:
            raise FileRefused(
                RefusalReason.TOO_FEW,
                f"{len(seen)} lignes alors que {known} sont connues de cette source. "
                "Si la baisse est voulue, relancez avec --accept-fewer.",
            )

    def finish(self) -> None:
        """Write what depends on all rows together (relations, contours), after the last batch."""
