"""What the administration asks before each import, and how the importer is made of what it is told."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django import forms

from guide.core.imports.contract import Delivery, Importer
from guide.core.imports.tables import Table

Make = Callable[[Delivery, Mapping[str, Any], str], Importer]


@dataclass(frozen=True, slots=True)
class FileField:
    """One file to upload. `name` is its name in the delivery; `stored_as` a name that the importer looks for."""

    name: str
    label: str
    endings: tuple[str, ...]
    required: bool = True
    stored_as: str = ""
    in_delivery: bool = True


@dataclass(frozen=True, slots=True)
class ImportKind:
    """One importer as an editor chooses it. `table` has the columns of a model file, `local` opens the import to the
    editors of departments, inside their perimeter; `options` are asked beside the files.

    `made`: what makes it of a delivery, the options and the region served, where the delivery is not enough.
    """

    importer: type[Importer]
    title: str
    explanation: str
    files: tuple[FileField, ...]
    options: Mapping[str, forms.Field] = field(default_factory=dict)
    table: Table | None = None
    local: bool = False
    made: Make | None = None

    @property
    def key(self) -> str:
        """Its name in addresses, manifests and reports."""
        return self.importer.key

    @property
    def template(self) -> tuple[str, ...]:
        """The header of a model file; empty when there is none."""
        return self.table.headings if self.table else ()

    def make(self, delivery: Delivery, options: Mapping[str, Any], region: str) -> Importer:
        return self.made(delivery, options, region) if self.made else self.importer(delivery)
