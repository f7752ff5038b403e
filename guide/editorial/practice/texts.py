"""Short texts of an option (steps, points compared), which are written without markup."""

from html import escape

from guide.core.rich_text import Html
from guide.editorial.rendering import Rendering


def plain_html(page: Rendering, text: str) -> Html:
    """A text without markup, its citations and terms made links."""
    return page.html(escape(text, quote=False))
