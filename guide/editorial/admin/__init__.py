"""Admin pages of the editorial content."""

from guide.editorial.admin import practice, sheets

__all__ = ["practice", "sheets"]
