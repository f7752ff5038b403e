"""Sections of a form, written short, and texts that are only read there."""

from django.utils.html import format_html_join


def section(title: str, fields: str, description: str = "", *classes: str) -> tuple[str, dict]:
    """One fieldset; `fields` are names separated by spaces, a class may be `collapse`, or `last` after the rows."""
    return title, {"fields": fields.split(), "description": description, "classes": classes}


# Of sheets that content files bring: what an import or a save writes, and the section where it is read.
NEVER_TYPED = ("missing_since", "created_by", "created_at", "updated_by", "updated_at")
PUBLICATION = section(
    "Publication",
    "status publish_at unpublish_at verified_on verify_every responsible missing_since "
    "created_by created_at updated_by updated_at",
    "",
    "last",
)


def paragraphs(texts):
    """Texts one under the other, escaped."""
    return format_html_join("", "<p>{}</p>", ((text,) for text in texts)) or "aucune"
