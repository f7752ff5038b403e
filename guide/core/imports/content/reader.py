"""A reader: one kind of content file, what its keys mean, and the rows that they make."""

from abc import ABC
from collections.abc import Callable, Collection, Iterator, Sequence
from pathlib import Path
from typing import Any

from django.db import models

from guide.core.enums import RejectReason, Status
from guide.core.imports.content.entries import Entry, Fault, list_files, list_items, markdown_files
from guide.core.imports.content.keys import Key
from guide.core.imports.rows import has

Known = Callable[[str], Collection[str]]


class Reader(ABC):
    """One kind of content. To add a kind: subclass, and add the class to guide.portal.imports.registry.READERS.

    `path` is a folder of Markdown files ("pages") or a YAML list ("sources.yaml") inside the content folder;
    `model` has the fields of guide.core.models.Imported; `identity` is the field that names a row for ever:
    the name of the file for Markdown, the key of that name in a list.
    """

    path: str
    model: type[models.Model]
    keys: Sequence[Key] = ()
    identity = "slug"
    joined: Sequence[str] = ()  # relations that reading a row asks for
    prefetched: Sequence[str] = ()

    def __init__(self, known: Known):
        """`known(path)` gives the identities that another kind has, in the files or in the database."""
        self.known = known

    def entries(self, base: Path) -> Iterator[Entry]:
        if not self.path.endswith(".yaml"):
            yield from markdown_files(base / self.path, base)
            return
        for path in list_files(base, self.path):
            yield from list_items(path, path.name)

    def identifier(self, entry: Entry) -> str:
        """What names the row for ever; "" when the sheet does not say it."""
        return entry.slug or str(entry.values.get(self.identity) or "")

    def values(self, entry: Entry) -> dict[str, Any]:
        """The values of a sheet by key; Fault names the line and the reason."""
        unknown = sorted(str(name) for name in entry.values.keys() - {key.name for key in self.keys})
        if unknown:
            raise Fault(entry.line_of(f"{unknown[0]}:"), f"clé inconnue : « {unknown[0]} »")
        return {key.name: self._value(key, entry) for key in self.keys}

    def _value(self, key: Key, entry: Entry) -> Any:
        line = entry.line_of(f"{key.name}:")
        try:
            value = key.parse(entry.values.get(key.name))
        except ValueError as error:
            reason = RejectReason.BAD_DATE if "date" in str(error) else RejectReason.BAD_VALUE
            raise Fault(line, f"{key.name} : {error}", reason) from None
        if key.required and value in (None, "", []):
            raise Fault(line, f"{key.name} : valeur obligatoire absente", RejectReason.MISSING_VALUE)
        return value

    def notices(self, entry: Entry, values: dict[str, Any]) -> list[tuple[int, str]]:
        """(line, remark) of a sheet that is taken all the same."""
        return []

    def stored(self) -> models.QuerySet:
        rows = self.model.objects.prefetch_related(*self.prefetched)
        return rows.select_related(*self.joined) if self.joined else rows

    def identity_of(self, row: models.Model) -> str:
        return str(getattr(row, self.identity))

    def new(self, identifier: str) -> models.Model:
        """A row to come: a sheet of the content folder is published."""
        published = {"status": Status.PUBLISHED} if has(self.model, "status") else {}
        return self.model(**{self.identity: identifier}, **published)

    def current(self, row: models.Model) -> dict[str, Any]:
        return {key.name: key.read(row) for key in self.keys}

    def write(self, row: models.Model, changes: dict[str, Any]) -> None:
        for key in self.keys:
            if key.name in changes and not key.late:
                key.write(row, changes[key.name])
        row.save()
        for key in self.keys:
            if key.name in changes and key.late:
                key.write(row, changes[key.name])
