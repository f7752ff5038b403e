"""Readers of the YAML lists: sources, glossary, key figures, documents, partners."""

from typing import Any

from django.utils.text import slugify

from guide.core.enums import RejectReason
from guide.core.imports.content.keys import Key, integer, linked, plain, text, url, yes_no
from guide.core.imports.content.reader import Entry, Fault, Reader
from guide.editorial.importers.texts import SOURCES
from guide.editorial.models import Document, GlossaryTerm, KeyFigure, Partner, Reference
from guide.territories.enums import TerritoryKind
from guide.territories.importers.codes import place


class ReferenceReader(Reader):
    """`sources.yaml`."""

    path = SOURCES
    model = Reference
    identity = "code"
    keys = (
        plain("code", text(60), required=True),
        plain("title", text(300), required=True),
        plain("publisher", text(200)),
        plain("label", text(120), required=True),
        plain("year", text(40), required=True),
        plain("url", url),
    )


class NamedReader(Reader):
    """A list whose items are named for ever by the values of `named_by`."""

    named_by: tuple[str, ...]

    def identifier(self, entry: Entry) -> str:
        return slugify(" ".join(str(entry.values.get(name) or "") for name in self.named_by))[:120].strip("-")


class GlossaryReader(NamedReader):
    """`glossaire.yaml`."""

    path = "glossaire.yaml"
    named_by = ("abbreviation",)
    model = GlossaryTerm
    keys = (
        plain("abbreviation", text(30), required=True),
        plain("expansion", text(200), required=True),
        plain("definition", text(600)),
    )


def _source(*, required: bool) -> Key:
    return linked("source", Reference, text(60), by="code", field="reference", required=required)


class CitingReader(NamedReader):
    """A list whose items may name a source, which must be known."""

    joined: tuple[str, ...] = ("reference",)

    def values(self, entry: Entry) -> dict[str, Any]:
        """The keys; Fault when the source is not in the list of sources."""
        found = super().values(entry)
        code = found.get("source")
        if code and code not in self.known(SOURCES):
            raise Fault(entry.line_of("source:"), f"source inconnue : « {code} »", RejectReason.UNKNOWN_REFERENCE)
        return found


class KeyFigureReader(CitingReader):
    """`chiffres.yaml`."""

    path = "chiffres.yaml"
    named_by = ("label", "department")
    model = KeyFigure
    joined = ("reference", "territory")
    identity = "code"
    keys = (
        plain("label", text(200), required=True),
        plain("value", text(40), required=True),
        plain("unit", text(40)),
        plain("year", text(40), required=True),
        _source(required=True),
        place("department", TerritoryKind.DEPARTMENT),
        plain("on_home", yes_no),
        plain("position", integer(0, 32_000, absent=0)),
    )


class DocumentReader(CitingReader):
    """`documents.yaml`: documents that their publishers hold; an unknown address, size or number of pages is left out.

    Without an address the source is needed: whom to ask for the document.
    """

    path = "documents.yaml"
    named_by = ("title",)
    model = Document
    keys = (
        plain("title", text(250), required=True),
        plain("url", url),
        plain("year", text(40)),
        _source(required=False),
        plain("pages", integer(1, 100_000)),
        plain("size", integer(1, 2_000_000_000)),
    )

    def values(self, entry: Entry) -> dict[str, Any]:
        """The keys; Fault when neither an address nor a source says where the document is."""
        found = super().values(entry)
        if not found["url"] and not found["source"]:
            raise Fault(entry.line, "url ou source : donnez l'une des deux", RejectReason.MISSING_VALUE)
        return found


class PartnerReader(NamedReader):
    """`partenaires.yaml`."""

    path = "partenaires.yaml"
    named_by = ("name",)
    model = Partner
    keys = (
        plain("name", text(200), required=True),
        plain("role", text(400)),
        plain("url", url),
        plain("is_founder", yes_no),
        plain("position", integer(0, 32_000, absent=0)),
    )
