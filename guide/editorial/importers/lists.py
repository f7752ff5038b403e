"""Readers of the YAML lists: sources and glossary."""

from django.utils.text import slugify

from guide.editorial.importers.texts import SOURCES
from guide.editorial.models import GlossaryTerm, Reference
from guide.publishing.imports.content.entries import Entry
from guide.publishing.imports.content.keys import plain, text, url
from guide.publishing.imports.content.reader import Reader


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


class GlossaryReader(Reader):
    """`glossaire.yaml`: a term is named for ever by its abbreviation."""

    path = "glossaire.yaml"
    model = GlossaryTerm
    keys = (
        plain("abbreviation", text(30), required=True),
        plain("expansion", text(200), required=True),
        plain("definition", text(600)),
    )

    def identifier(self, entry: Entry) -> str:
        """Slug of the abbreviation."""
        return slugify(str(entry.values.get("abbreviation") or ""))
