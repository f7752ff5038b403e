"""Reading content files: what each says and on which line (`Entry`), what its kind makes of it (`Reader`)."""

from abc import ABC
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml
from django.db import models
from frontmatter.default_handlers import YAMLHandler

from guide.core.enums import RejectReason, Status
from guide.core.imports import yaml_files
from guide.core.imports.content.keys import Key
from guide.core.imports.contract import Reject, RowRejected
from guide.core.imports.tables import has

HEAD = "---"
Known = Callable[[str], Collection[str]]


class Fault(RowRejected):
    """Why one sheet is left out; `line`, where the fault stands, counts from 1 in its file."""

    def __init__(self, line: int, message: str, reason: RejectReason = RejectReason.BAD_VALUE):
        super().__init__(reason, message)
        self.line = line

    def at(self, line: int, identifier: str) -> Reject:
        return super().at(self.line, identifier)


@dataclass(frozen=True, slots=True)
class Entry:
    """One sheet as its file holds it.

    `name` is the path inside the content folder, `slug` the name of the file without its ending, `line` where
    the sheet begins, `lines` all the lines of the file; `fault` when the file cannot be read.
    """

    name: str
    slug: str
    line: int
    lines: list[str] = field(repr=False)
    values: dict[str, Any] = field(default_factory=dict)
    body: str = ""
    fault: Fault | None = None

    def line_of(self, text: str) -> int:
        """Line of the first mention of `text` in the sheet, else the line where the sheet begins."""
        for number, line in enumerate(self.lines[self.line - 1 :], self.line):
            if text in line:
                return number
        return self.line


def markdown_files(folder: Path, base: Path) -> Iterator[Entry]:
    """The Markdown files of a folder, in the order of their names; a README is not content."""
    for path in sorted(folder.glob("*.md")):
        if path.stem.lower() != "readme":
            yield _markdown(path, str(path.relative_to(base)))


def _markdown(path: Path, name: str) -> Entry:
    lines: list[str] = []
    try:
        text = _text(path)
        lines = text.splitlines()
        if not lines or lines[0].strip() != HEAD or HEAD not in (line.strip() for line in lines[1:]):
            raise Fault(1, "en-tête absent : attendu entre deux lignes « --- »")
        head, body = YAMLHandler().split(text)
        values = _yaml(head)
        if not isinstance(values, dict):
            raise Fault(2, "en-tête : attendu des lignes « clé: valeur »")
    except Fault as fault:
        return Entry(name, path.stem, 1, lines, fault=fault)
    return Entry(name, path.stem, 1, lines, values, body.strip())


def list_files(base: Path, name: str) -> list[Path]:
    """The files of a list: "sources.yaml", and its continuations "sources-….yaml"."""
    stem = name.removesuffix(".yaml")
    return [path for path in (base / name, *sorted(base.glob(f"{stem}-*.yaml"))) if path.is_file()]


def list_items(path: Path, name: str) -> Iterator[Entry]:
    """The items of a YAML list; one faulty entry when the file is not such a list."""
    lines: list[str] = []
    try:
        text = _text(path)
        items = _yaml(text) or []
        lines = text.splitlines()
        if not isinstance(items, list):
            raise Fault(1, "attendu une liste : une ligne « - » par fiche")
    except Fault as fault:
        yield Entry(name, "", 1, lines, fault=fault)
        return
    starts = [number for number, line in enumerate(lines, 1) if line.startswith("-") and line != HEAD]
    for rank, item in enumerate(items):
        start = starts[rank] if len(starts) == len(items) else 1
        if isinstance(item, dict):
            yield Entry(name, "", start, lines, item)
        else:
            yield Entry(name, "", start, lines, fault=Fault(start, "attendu des lignes « clé: valeur »"))


def _text(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError):
        raise Fault(1, "fichier illisible : enregistrez-le en UTF-8") from None


def _yaml(text: str) -> Any:
    try:
        return yaml_files.load(text)
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        raise Fault((mark.line + 1) if mark else 1, f"YAML illisible : {yaml_files.told(error)}"[:300]) from None


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
