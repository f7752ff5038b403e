"""What a preview shows, kept as JSON lines: written while the import reads, shown page by page."""

import json
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Any, NamedTuple, TextIO

from aids.golden import Difference
from guide.core.imports.contract import Changes, Kept
from guide.core.imports.report import Report

FOLDER = "lines"
PAGE = 50
MAX_KEPT = 100_000  # lines of one section; the counts stay exact beyond
VERDICTS = "verdicts"  # name of their count: golden cases are no rows of the file


def _verdict(line: list) -> Difference:
    return Difference(*line)


def _kept(line: list) -> Kept:
    return Kept(*line)


class SectionKind(NamedTuple):
    """A kind of section: its name in the address, its title, and the name of its count in the report.

    `template` prints its lines under `column`, the title of what is said of them; `read` names the parts of a line.
    """

    name: str
    title: str
    count: str
    template: str
    read: Callable[[list], Any] = list
    column: str = ""


# In the order of the page.
KINDS = (
    SectionKind(
        "cas-types", "Verdicts de cas types qui changent", VERDICTS, "admin/aids/_changed_verdicts.html", _verdict
    ),
    SectionKind("rejetees", "Lignes rejetées", "rejected", "admin/imports/_remarks.html", column="Motif"),
    SectionKind("modifiees", "Fiches modifiées", "updated", "admin/imports/_updated.html"),
    SectionKind("creees", "Fiches créées", "created", "admin/imports/_identifiers.html"),
    SectionKind("gardees", "Champs gardés, corrigés à la main", "kept", "admin/imports/_kept.html", _kept),
    SectionKind("absentes", "Absentes du fichier", "missing", "admin/imports/_identifiers.html"),
    SectionKind("remarques", "Remarques", "noticed", "admin/imports/_remarks.html", column="Remarque"),
)


class Writer:
    """Collects the changes of each batch into the files of their sections."""

    def __init__(self, folder: Path):
        self._folder = folder / FOLDER
        self._folder.mkdir(exist_ok=True)
        self._files: dict[str, TextIO] = {}
        self._counts: dict[str, int] = {}
        for kind in KINDS:
            self._files[kind.name] = (self._folder / kind.name).open("w", encoding="utf-8")
            self._counts[kind.name] = 0

    def batch(self, changes: Changes) -> None:
        """Differences of one batch."""
        for one in changes.differences:
            self._put("creees" if one.created else "modifiees", [one.identifier, one.fields])

    def end(self, report: Report) -> None:
        """What the report holds whole, once the import has read everything."""
        for reject in sorted(report.rejects, key=lambda one: one.line or 0):
            self._put("rejetees", [reject.line, reject.identifier, reject.message])
        for kept in report.kept:
            self._put("gardees", [kept.identifier, kept.field, kept.current, kept.offered])
        for identifier in report.missing:
            self._put("absentes", [identifier])
        for notice in report.notices:
            self._put("remarques", [notice.line, notice.identifier, notice.message])

    def verdicts(self, differences: Iterable[Difference]) -> None:
        """Golden cases before and after."""
        for one in differences:
            self._put("cas-types", list(one))

    def close(self) -> None:
        """Close the files."""
        for file in self._files.values():
            file.close()

    def _put(self, section: str, line: list) -> None:
        if self._counts[section] < MAX_KEPT:
            self._counts[section] += 1
            self._files[section].write(json.dumps(line, ensure_ascii=False) + "\n")


@dataclass(frozen=True, slots=True)
class Section:
    """One page of one section. `first` and `last` count from 1; `previous` and `following` are page numbers."""

    kind: SectionKind
    count: int
    lines: list
    first: int
    last: int
    previous: int | None
    following: int | None

    @property
    def cut(self) -> int:
        """Lines that are counted and not kept."""
        return max(0, self.count - MAX_KEPT)


def sections(folder: Path, counts: dict[str, int], asked: str, page: int) -> list[Section]:
    """The sections that hold something: the one asked for at its page, the others at their first."""
    found = []
    for kind in KINDS:
        if counts.get(kind.count):
            found.append(_section(folder, kind, counts[kind.count], page if kind.name == asked else 1))
    return found


def _section(folder: Path, kind: SectionKind, count: int, page: int) -> Section:
    last_page = max(1, -(-min(count, MAX_KEPT) // PAGE))
    page = min(max(1, page), last_page)
    start = (page - 1) * PAGE
    lines = [kind.read(line) for line in _read(folder / FOLDER / kind.name, start)]
    return Section(
        kind, count, lines, start + 1, start + len(lines),
        page - 1 if page > 1 else None, page + 1 if page < last_page else None,
    )  # fmt: skip


def _read(path: Path, start: int) -> list:
    if not path.is_file():
        return []
    with path.open(encoding="utf-8") as file:
        picked: Iterable[str] = islice(file, start, start + PAGE)
        return [json.loads(line) for line in picked]
