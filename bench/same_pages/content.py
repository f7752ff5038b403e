"""A body as lines that can be compared: elements with sorted attributes, folded text, JSON, rows."""

import hashlib
import json
import re
from html.parser import HTMLParser

# What changes from one run to the next.
MASKS = [
    (re.compile(r"(/static/[^\"'\s]+?)\.[0-9a-f]{12}(?=\.)"), r"\1"),  # hashed names of static files
    (re.compile(r"[\w-]+:[0-9A-Za-z]{6}:[\w-]{43}"), "(signed)"),
    (re.compile(r"(name=csrfmiddlewaretoken .*value=).*"), r"\1(token)>"),
    (re.compile(r"^(DTSTAMP|LAST-MODIFIED|CREATED):.*"), r"\1:(moment)"),
]
STAMPED = ("<updated", "<lastmod")  # elements whose text is the moment of the import
INLINE = frozenset(
    {"", "a", "abbr", "b", "button", "cite", "code", "data", "em", "i", "img", "input", "kbd", "label", "mark",
     "output", "q", "s", "select", "small", "span", "strong", "sub", "sup", "svg", "textarea", "time", "u", "wbr"}
)  # fmt: skip
VOID = frozenset(
    {"area", "base", "br", "circle", "col", "ellipse", "hr", "img", "input", "line", "link", "meta", "path", "polygon",
     "rect", "source", "use", "wbr"}
)  # fmt: skip


def lines(body: bytes, kind: str) -> list[str]:
    """The content of this type, parsed: one node, value or row for each line, masked where it must be."""
    if "html" in kind or "xml" in kind:
        found = _tree(body.decode())
    elif "json" in kind:
        found = json.dumps(json.loads(body), indent=0, sort_keys=True, ensure_ascii=False).split("\n")
    elif "text/" in kind:
        found = body.decode().replace("\r\n ", "").splitlines()  # a line of a calendar goes on after a space
    else:
        found = [hashlib.sha256(body).hexdigest()]
    for pattern, mask in MASKS:
        found = [pattern.sub(mask, line) for line in found]
    return ["(moment)" if i and found[i - 1].startswith(STAMPED) else line for i, line in enumerate(found)]


def without_spaces(told: list[str]) -> list[str]:
    """The same lines, the spaces of texts apart; tags as they are."""
    dense = (line if line.startswith("<") else line.replace(" ", "") for line in told)
    return [line for line in dense if line]


def _tree(text: str) -> list[str]:
    """A space at the edge of an element that is not inline says nothing."""
    parser = _Nodes()
    parser.feed(text)
    parser.close()
    found, nodes = [], parser.nodes
    for i, (tag, line) in enumerate(nodes):
        if not tag:
            line = line.lstrip(" ") if i == 0 or nodes[i - 1][0] not in INLINE else line
            line = line.rstrip(" ") if i + 1 == len(nodes) or nodes[i + 1][0] not in INLINE else line
        found += [line] if line else []
    return found


class _Nodes(HTMLParser):
    """Start tags with sorted attributes, texts and end tags, each as (name of the element or "", line)."""

    def __init__(self):
        super().__init__()
        self.nodes: list[tuple[str, str]] = []

    def handle_starttag(self, tag, attrs):
        told = "".join(f" {name}={' '.join((value or '').split())}" for name, value in sorted(attrs))
        self.nodes.append((tag, f"<{tag}{told}>"))

    def handle_endtag(self, tag):
        if tag not in VOID:
            self.nodes.append((tag, f"</{tag}>"))

    def handle_data(self, data):
        self.nodes.append(("", re.sub(r"[ \t\r\n]+", " ", data)))  # spaces that do not break stay
