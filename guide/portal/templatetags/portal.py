"""What the frame of every page needs from Python."""

import re

from django import template

register = template.Library()

# The white space of HTML, and no other: a non-breaking space of French typography stays.
_WHITE_SPACE = re.compile(r"[ \t\r\n\f]+")


@register.filter(is_safe=True)
def one_line(text: str) -> str:
    """A text that a template writes over several lines, as an attribute wants it: single spaces, none around."""
    return _WHITE_SPACE.sub(" ", text).strip(" ")
