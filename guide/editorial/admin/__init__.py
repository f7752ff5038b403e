"""Admin pages of the editorial content."""

from guide.editorial.admin import practice, sheets, testimonials

__all__ = ["practice", "sheets", "testimonials"]
