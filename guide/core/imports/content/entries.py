"""Reading content files: what each says, and on which line, without knowing what it means."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml
from frontmatter.default_handlers import YAMLHandler

from guide.core.enums import RejectReason
from guide.core.imports import yaml_files

HEAD = "---"


class Fault(Exception):
    """Why one sheet is left out; `line` counts from 1 in its file. The message is in French, for staff."""

    def __init__(self, line: int, message: str, reason: RejectReason = RejectReason.BAD_VALUE):
        super().__init__(message)
        self.line = line
        self.message = message
        self.reason = reason


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
