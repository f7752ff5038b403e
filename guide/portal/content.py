"""The kinds of content files that the site knows, in the order in which they are written."""

from guide.editorial.importers.lists import GlossaryReader, ReferenceReader
from guide.publishing.imports.content.reader import Reader

READERS: tuple[type[Reader], ...] = (
    ReferenceReader,
    GlossaryReader,
)
