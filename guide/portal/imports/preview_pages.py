"""What a preview shows, kept page by page: written while the import reads, shown as it was kept."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any, NamedTuple

from django.core.paginator import Page, Paginator

from aids.golden import ChangedVerdict
from guide.core.imports.contract import Changes, Kept
from guide.core.imports.engine import Report
from guide.portal.models import Upload

PAGE = 50
MAX_KEPT = 100_000  # lines of one section; the counts stay exact beyond
VERDICTS = "verdicts"  # name of their count: golden cases are no rows of the file


class SectionKind(NamedTuple):
    """A kind of section: its name in the address, its title, and the name of its count in the report.

    `template` prints its lines under `column`, the title of what is said of them; `read`, if any, names its parts.
    """

    name: str
    title: str
    count: str
    template: str
    read: Callable[..., Any] | None = None
    column: str = ""


# In the order of the page.
KINDS = (
    SectionKind(
        "cas-types",
        "Verdicts de cas types qui changent",
        VERDICTS,
        "admin/aids/_changed_verdicts.html",
        ChangedVerdict,
    ),
    SectionKind("rejetees", "Lignes rejetées", "rejected", "admin/imports/_remarks.html", column="Motif"),
    SectionKind("modifiees", "Fiches modifiées", "updated", "admin/imports/_updated.html"),
    SectionKind("creees", "Fiches créées", "created", "admin/imports/_identifiers.html"),
    SectionKind("gardees", "Champs gardés, corrigés à la main", "kept", "admin/imports/_kept.html", Kept),
    SectionKind("absentes", "Absentes du fichier", "missing", "admin/imports/_identifiers.html"),
    SectionKind("remarques", "Remarques", "noticed", "admin/imports/_remarks.html", column="Remarque"),
)


class Writer:
    """Collects the changes of each batch into the pages of their sections; what an earlier reading left goes."""

    def __init__(self, upload: Upload):
        self._upload = upload
        self._counts: dict[str, int] = {kind.name: 0 for kind in KINDS}
        self._begun: dict[str, list] = {kind.name: [] for kind in KINDS}
        upload.pages.all().delete()

    def batch(self, changes: Changes) -> None:
        for one in changes.differences:
            self._put("creees" if one.created else "modifiees", [one.identifier, one.fields])

    def end(self, report: Report, verdicts: Iterable[ChangedVerdict]) -> None:
        """What the report holds whole, once the import has read everything; golden cases before and after."""
        for reject in sorted(report.rejects, key=lambda one: one.line or 0):
            self._put("rejetees", [reject.line, reject.identifier, reject.message])
        for kept in report.kept:
            self._put("gardees", [kept.identifier, kept.field, kept.current, kept.offered])
        for identifier in report.missing:
            self._put("absentes", [identifier])
        for notice in report.notices:
            self._put("remarques", [notice.line, notice.identifier, notice.message])
        for one in verdicts:
            self._put("cas-types", list(one))
        for section in self._begun:
            self._write(section)

    def _put(self, section: str, line: list) -> None:
        if self._counts[section] == MAX_KEPT:
            return
        self._counts[section] += 1
        self._begun[section].append(line)
        if len(self._begun[section]) == PAGE:
            self._write(section)

    def _write(self, section: str) -> None:
        if self._begun[section]:
            number = -(-self._counts[section] // PAGE)
            self._upload.pages.create(section=section, number=number, lines=self._begun[section])
            self._begun[section] = []


@dataclass(frozen=True, slots=True)
class Section:
    """One page of one section: its lines, of `count` in all."""

    kind: SectionKind
    count: int
    page: Page
    lines: list

    @property
    def cut(self) -> int:
        """Lines that are counted and not kept."""
        return max(0, self.count - MAX_KEPT)


def sections(upload: Upload, asked: str, page: int) -> list[Section]:
    """The sections that hold something: the one asked for at its page, the others at their first."""
    shown = [kind for kind in KINDS if upload.counts.get(kind.count)]
    return [_section(upload, kind, page if kind.name == asked else 1) for kind in shown]


def _section(upload: Upload, kind: SectionKind, number: int) -> Section:
    count = upload.counts[kind.count]
    page = Paginator(range(min(count, MAX_KEPT)), PAGE).get_page(max(1, number))
    stored = upload.pages.filter(section=kind.name, number=page.number).values_list("lines", flat=True).first()
    return Section(kind, count, page, [kind.read(*line) if kind.read else line for line in stored or []])
