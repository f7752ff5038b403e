"""What readers of Markdown sheets share: rich texts whose citations are all known, publication of a new sheet."""

from typing import Any

from django.db import models

from guide.core import rich_text
from guide.core.enums import RejectReason
from guide.core.imports.content.keys import Key, codes, day, plain, text
from guide.core.imports.content.reader import Entry, Fault, Reader
from guide.editorial.figures_check import bare_figures
from guide.editorial.models import Reference

SOURCES = "sources.yaml"


def _read_references(row) -> list[str]:
    return sorted(reference.code for reference in row.references.all()) if row.pk else []


def _write_references(row, found: list[str]) -> None:
    row.references.set(Reference.objects.filter(code__in=found))


# Keys of every sheet of guide.editorial.models.Content; `sources` are those that the text does not cite.
COMMON = (
    plain("title", text(200), required=True),
    plain("summary", text(400)),
    day("verified_on"),
    Key("sources", lambda raw: sorted(set(codes()(raw))), _read_references, _write_references, late=True),
)


class TextReader(Reader):
    """Markdown sheets. The body is one rich text; a kind with several overrides `texts` (rich texts by field) and
    `text_fields` (the names of these fields)."""

    prefetched: tuple[str, ...] = ("references",)

    def values(self, entry: Entry) -> dict[str, Any]:
        """The keys, and the rich texts by field; Fault when a text cites what is not in the list of sources."""
        self._check_citations(entry)
        return super().values(entry) | self.texts(entry)

    def texts(self, entry: Entry) -> dict[str, Any]:
        return {"body": rich_text.from_markdown(entry.body)}

    def text_fields(self) -> tuple[str, ...]:
        return ("body",)

    def _check_citations(self, entry: Entry) -> None:
        lost = rich_text.malformed_citations(entry.body)
        if lost:
            raise Fault(entry.line_of(lost[0]), f"citation mal écrite : {lost[0]}", RejectReason.UNKNOWN_REFERENCE)
        listed = entry.values.get("sources") or []
        for code in (*rich_text.citations(entry.body), *(listed if isinstance(listed, list) else [])):
            if code not in self.known(SOURCES):
                raise Fault(entry.line_of(str(code)), f"source inconnue : « {code} »", RejectReason.UNKNOWN_REFERENCE)

    def notices(self, entry: Entry, values: dict[str, Any]) -> list[tuple[int, str]]:
        return [
            (entry.line_of(bare.text[:40]), f"chiffre sans source : {bare.text[:80]}")
            for bare in bare_figures(entry.body)
        ]

    def current(self, row: models.Model) -> dict[str, Any]:
        return super().current(row) | {name: getattr(row, name) for name in self.text_fields()}

    def write(self, row: models.Model, changes: dict[str, Any]) -> None:
        for name in self.text_fields():
            if name in changes:
                setattr(row, name, changes[name])
        super().write(row, changes)
