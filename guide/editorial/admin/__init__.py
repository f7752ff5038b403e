"""Admin pages of the editorial content, registered when they are imported."""

from guide.editorial.admin import sheets, testimonials  # noqa: F401
