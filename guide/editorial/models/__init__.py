"""The editorial models, one file per subject."""

from guide.editorial.models.content import Content, Reference

__all__ = ["Content", "Reference"]
