"""The kinds of content files that the site knows, in the order in which they are written."""

from guide.core.imports.content.reader import Reader
from guide.desk.importer import ContactReader
from guide.editorial.importers import lists, practice, texts

READERS: tuple[type[Reader], ...] = (
    lists.ReferenceReader,
    lists.GlossaryReader,
    lists.KeyFigureReader,
    lists.DocumentReader,
    lists.PartnerReader,
    texts.PageReader,
    texts.NewsReader,
    texts.EventReader,
    practice.PracticeReader,
    texts.TestimonialReader,
    ContactReader,
)

# Read by importers of their own (fixtures/…/manifest.toml).
ELSEWHERE = ("atouts.yaml",)
