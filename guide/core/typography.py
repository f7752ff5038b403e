"""The signs of French in the words of a page: the curved apostrophe, and guillemets for names that a source quotes.

Sheets, sources and templates hold the straight apostrophe of keyboards. The curved one is put into the text of the
finished page, in one place for all of them: docs/architecture.md says why, and what it costs.
"""

import re

from django.http import HttpRequest, HttpResponse

ESCAPED, STRAIGHT, CURVED = b"&#x27;", b"'", "\u2019".encode()
# Code, and what a visitor typed, are no words of the page.
_KEPT = re.compile(rb"<(script|style|textarea|code|pre|kbd|samp)\b.*?</\1>", re.DOTALL)
# « CA de Blois ''Agglopolys'' », as the file of the EPCI writes it.
_QUOTED = re.compile(rb"((?:>|^)[^<>]*?)&#x27;&#x27;([^<>&]+)&#x27;&#x27;")
_IN_GUILLEMETS = "\\1«\u00a0\\2\u00a0»".encode()


def in_french(get_response):
    """Middleware: the pages of the site with the signs of French; the administration, a place of work, as it is."""

    def middleware(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        is_page = response.headers.get("Content-Type", "").startswith("text/html") and not response.streaming
        if is_page and response.content and not request.path.startswith("/admin/"):
            response.content = typeset(response.content)
        return response

    return middleware


def typeset(page: bytes) -> bytes:
    """The page (HTML in UTF-8) with « d’Orléans » in its text for « d'Orléans »: tags, attributes, code unchanged."""
    parts, done = [], 0
    for kept in _KEPT.finditer(page):
        parts += [_curved(page[done : kept.start()]), kept[0]]
        done = kept.end()
    return b"".join([*parts, _curved(page[done:])])


def _curved(html: bytes) -> bytes:
    if ESCAPED * 2 in html:
        html = _QUOTED.sub(_IN_GUILLEMETS, html)
    return _with_curved(STRAIGHT, _with_curved(ESCAPED, html))


def _with_curved(mark: bytes, html: bytes) -> bytes:
    """The HTML, whole tags, with each mark that follows a letter of its text curved.

    Cut at the marks: a few short pieces to look at the ends of, where an expression would read each text.
    """
    first, *others = html.split(mark)
    parts, before, in_tag = [first], first, False
    for piece in others:
        opened, closed = before.rfind(b"<"), before.rfind(b">")
        if opened != closed:
            in_tag = opened > closed
        follows_letter = before[-1:].isalpha() or before[-1:] >= b"\x80"
        parts += [CURVED if follows_letter and not in_tag else mark, piece]
        before = piece
    return b"".join(parts)
