"""Rich text: from Markdown or from an editor's paste to a short list of HTML elements, and what it cites. Pure.

Stored texts hold citations as `[@code]`; guide/editorial/rendering.py turns them into links to their sources.
"""

import html as markup
import re
from collections import Counter

import nh3
from markdown_it import MarkdownIt

BLOCKS = ("p", "h2", "h3", "h4", "ul", "ol", "li", "blockquote", "hr")
TABLE = ("table", "caption", "thead", "tbody", "tr", "th", "td")
WORDS = ("strong", "em", "a", "abbr", "br", "sup", "sub")
TAGS = frozenset((*BLOCKS, *TABLE, *WORDS))
# Kept by the first pass, because they become another element in the second.
SYNONYMS = {"b": "strong", "i": "em", "h1": "h2", "h5": "h4", "h6": "h4"}
# Elements whose words are no text of the author.
DROPPED = frozenset(
    ("script", "style", "template", "noscript", "iframe", "object", "embed", "svg", "math", "title", "textarea")
)
ATTRIBUTES = {"a": {"href"}, "abbr": {"title"}, "td": {"colspan", "rowspan"}, "th": {"colspan", "rowspan", "scope"}}
SCHEMES = frozenset({"http", "https", "mailto", "tel"})
SITE_PATH = re.compile(r"(?:/(?![/\\])|#)[^\s\\]*")
SPAN = re.compile("[2-9]|[1-9][0-9]")
SCOPES = frozenset(("col", "row", "colgroup", "rowgroup"))
CITATION = re.compile(r"\[@([a-z0-9][a-z0-9-]*)\]")
_LOST_CITATION = re.compile(r"\[@([^\]\n]{0,80})\]")
MAX_DEPTH = 100  # elements open at once
MAX_WORK = 2_000_000  # elements open at each tag, summed over a text
SELF_CLOSED = frozenset(("p", "li", "br", "hr", "img"))
_ANY_TAG = re.compile(r"<(/?)([a-z][^\s/>]*)")
_COMMENT = re.compile(r"<!--(?!-?>).*?--!?>", re.DOTALL)
_ANGLES = re.compile(r"<[^<>]*>?")
_BEGINS_WITH_ELEMENT = re.compile(r"\s*<[a-zA-Z!]")
_SYNONYM = re.compile(rf"<(/?)({'|'.join(SYNONYMS)})(?=[ >])")
# Elements that say nothing when they hold nothing.
HOLDERS = frozenset(
    ("p", "h2", "h3", "h4", "li", "strong", "em", "blockquote", "ul", "ol", "sup", "sub", "a", "caption")
)
_TOKEN = re.compile(r"<(/?)([a-z0-9]+)[^>]*>|[^<]+")
_BLANK = re.compile(r"(?:\s|&nbsp;)*")
_LINK_WITHOUT_ADDRESS = re.compile(r"<a>(.*?)</a>", re.DOTALL)
_SPACES = re.compile(r"[ \t\r\n\f]+")
_BLOCK = rf"</?(?:{'|'.join((*BLOCKS, *TABLE))})(?: [^>]*)?>"
_BLOCK_GAP = re.compile(rf"\s*({_BLOCK})\s*")
_LONE_PARAGRAPH = re.compile(r"<(li|td|th)((?: [^>]*)?)><p>((?:(?!</?p>).)*)</p>(?=</\1>|<ul>|<ol>)", re.DOTALL)
_HEAD_ROW = re.compile(
    r"(<table>(?:<caption>.*?</caption>)?)<tbody>(<tr>(?:<th(?: [^>]*)?>(?:(?!</?t[rdh]).)*</th>)+</tr>)", re.DOTALL
)
_TAG = re.compile(r"<[^<>]+>")
_BLOCK_END = re.compile(r"</(?:p|h[2-4]|li|td|th|caption|blockquote)>|<(?:br|hr|ul|ol)(?: [^>]*)?>")


def _address(tag: str, name: str, value: str) -> str | None:
    """Keep whole addresses of known schemes, site paths and anchors; drop any other, protocol-relative ones too.

    A cell that spans one row or column says nothing more than one that does not say it. No value holds an angle
    bracket: what reads the cleaned text by its tags never takes a value for one.
    """
    if name in ("colspan", "rowspan"):
        return value if SPAN.fullmatch(value) else None
    if name == "scope":
        return value if value in SCOPES else None
    if name != "href":
        return value.replace("<", "‹").replace(">", "›")
    value = value.strip().replace("<", "%3C").replace(">", "%3E")
    scheme = value.partition(":")[0].lower() if ":" in value else ""
    return value if SITE_PATH.fullmatch(value) or scheme in SCHEMES else None


_CLEANER = nh3.Cleaner(
    tags=set(TAGS | SYNONYMS.keys()),
    clean_content_tags=set(DROPPED),
    attributes={tag: set(names) for tag, names in ATTRIBUTES.items()},
    attribute_filter=_address,
    url_schemes=set(SCHEMES),
    link_rel=None,
)
_MARKDOWN = MarkdownIt("commonmark", {"html": False, "typographer": False}).enable("table")


class Html(str):
    """Markup that this package made from cleaned text: templates print it as it stands. Nothing else makes any."""

    __slots__ = ()

    def __html__(self) -> str:
        """Django's word for "already escaped"."""
        return self


def is_too_deep(text: str) -> bool:
    """Whether markup nests its elements beyond what any page holds, which costs the parser the square of its length.

    Counted by names, without parsing: an element that is never closed counts as open to the end, save those that HTML
    closes by itself.
    """
    opened: Counter[str] = Counter()
    depth = work = 0
    for closes, name in _ANY_TAG.findall(_COMMENT.sub("", text.lower())):
        if closes:
            depth -= opened[name] > 0
            opened[name] -= opened[name] > 0
        elif name not in SELF_CLOSED:
            opened[name] += 1
            depth += 1
        work += depth
        if depth > MAX_DEPTH or work > MAX_WORK:
            return True
    return False


def clean(text: str) -> str:
    """HTML reduced to the elements of TAGS, without styles, classes, scripts or empty paragraphs.

    One text has one form, whether it comes from Markdown or from the editor of the admin, so that a sheet saved
    without a change is not taken for a changed one; cleaning twice changes nothing. Text pasted from a word
    processor keeps its words, headings, lists and tables; one that nests too deep keeps its words alone.
    """
    if is_too_deep(text):
        text = _ANGLES.sub(" ", text)
    text = _CLEANER.clean(text.replace("\x00", ""))
    text = _SYNONYM.sub(lambda found: f"<{found[1]}{SYNONYMS[found[2]]}", text)
    text = _LINK_WITHOUT_ADDRESS.sub(r"\1", text)
    text = _without_empty(text)
    text = _SPACES.sub(" ", text)
    text = _BLOCK_GAP.sub(r"\1", text)
    text = _LONE_PARAGRAPH.sub(r"<\1\2>\3", text)
    return _HEAD_ROW.sub(r"\1<thead>\2</thead><tbody>", text).strip()


def _without_empty(text: str) -> str:
    """A cleaned text without the elements of HOLDERS that hold no word, nor those that hold nothing but such."""
    out: list[str] = []
    opened: list[list] = []  # of the elements not yet closed: where each begins in `out`, whether it says something
    for found in _TOKEN.finditer(text):
        token, closes, name = found[0], found[1], found[2]
        if name is None or name in ("br", "hr"):
            out.append(token)
            says = name == "hr" if name else not _BLANK.fullmatch(token)
        elif not closes:
            opened.append([len(out), name not in HOLDERS])
            out.append(token)
            continue
        else:
            start, says = opened.pop()
            if says:
                out.append(token)
            else:
                del out[start:]
        if says and opened:
            opened[-1][1] = True
    return "".join(out)


def is_markup(text: str) -> bool:
    """Whether a stored text begins with an element: rich text, as opposed to plain text."""
    return bool(_BEGINS_WITH_ELEMENT.match(text))


def as_markup(text: str) -> str:
    """Plain text as HTML: a paragraph for each block of lines; text that already begins with an element as it is.

    The result is not cleaned.
    """
    if not text.strip() or is_markup(text):
        return text
    paragraphs = re.split(r"\n\s*\n", markup.escape(text.strip().replace("\r\n", "\n"), quote=False))
    return "".join(f"<p>{'<br>'.join(part.splitlines())}</p>" for part in paragraphs)


def printed(text: str) -> Html:
    """A stored text, plain or rich, as pages print it: cleaned again, whatever wrote it."""
    return Html(clean(as_markup(text)))


def from_markdown(text: str) -> str:
    """Cleaned HTML of a Markdown text (CommonMark and tables; raw HTML is shown as text)."""
    return clean(_MARKDOWN.render(text))


def citations(text: str) -> list[str]:
    """Codes that a text cites, in order, each once."""
    return list(dict.fromkeys(CITATION.findall(text)))


def malformed_citations(text: str) -> list[str]:
    """What looks like a citation and is none: "[@Indre 2022]"."""
    return [found[0] for found in _LOST_CITATION.finditer(text) if not CITATION.fullmatch(found[0])]


def blocks(text: str) -> list[str]:
    """The words of each paragraph, list item, heading and cell, without markup and without empty ones."""
    parts = (markup.unescape(_TAG.sub("", part)).strip() for part in _BLOCK_END.split(text))
    return [part for part in parts if part]


def plain(text: str) -> str:
    """The words of a text, without markup or citations, for summaries and feeds."""
    return " ".join(" ".join(CITATION.sub("", block).split()) for block in blocks(text))
