"""The editorial models, one file per subject."""

from guide.editorial.models.content import Content, Reference
from guide.editorial.models.glossary import GlossaryTerm
from guide.editorial.models.practice import (
    PracticeFit,
    PracticeKind,
    PracticeOption,
    PracticePoint,
    PracticeStep,
)

__all__ = [
    "Content",
    "GlossaryTerm",
    "PracticeFit",
    "PracticeKind",
    "PracticeOption",
    "PracticePoint",
    "PracticeStep",
    "Reference",
]
