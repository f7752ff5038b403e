"""Sections of a form, written short."""


def section(title: str, fields: str, description: str = "", *classes: str) -> tuple[str, dict]:
    """One fieldset; `fields` are names separated by spaces, a class may be `collapse`, or `last` after the rows."""
    return title, {"fields": fields.split(), "description": description, "classes": classes}
