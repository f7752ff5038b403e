"""The editorial models, one file per subject."""

from guide.editorial.models.content import Content, Reference
from guide.editorial.models.glossary import GlossaryTerm

__all__ = ["Content", "GlossaryTerm", "Reference"]
