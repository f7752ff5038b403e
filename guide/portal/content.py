"""The kinds of content files that the site knows, in the order in which they are written."""

from guide.core.imports.content.reader import Reader
from guide.desk.importer import ContactReader
from guide.editorial.importers.lists import (
    DocumentReader,
    GlossaryReader,
    KeyFigureReader,
    PartnerReader,
    ReferenceReader,
)
from guide.editorial.importers.practice import PracticeReader
from guide.editorial.importers.sheets import EventReader, NewsReader, PageReader
from guide.editorial.importers.testimonials import TestimonialReader

READERS: tuple[type[Reader], ...] = (
    ReferenceReader,
    GlossaryReader,
    KeyFigureReader,
    DocumentReader,
    PartnerReader,
    PageReader,
    NewsReader,
    EventReader,
    PracticeReader,
    TestimonialReader,
    ContactReader,
)

# Read by importers of their own (fixtures/…/manifest.toml).
ELSEWHERE = ("atouts.yaml",)
