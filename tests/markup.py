"""Markup as a browser reads its white space, for assertions that do not depend on how a template breaks its lines."""

import re

_BLOCKS = (
    "html|head|body|title|meta|link|script|header|footer|main|nav|section|article|aside|div|form|fieldset|legend|details|"
    "summary|figure|figcaption|h[1-6]|p|ul|ol|li|dl|dt|dd|table|caption|thead|tbody|tr|th|td|select|option|br|hr|"
    "svg|defs|pattern|path|rect|circle|text|desc|use"
)
_BESIDE_BLOCKS = re.compile(rf" ?(</?(?:{_BLOCKS})\b[^>]*>) ?")


def tight(html: str) -> str:
    """The same markup with single spaces, and none beside an element that stands on lines of its own."""
    return _BESIDE_BLOCKS.sub(r"\1", re.sub(r"[ \t\r\n]+", " ", html))
