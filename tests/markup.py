"""A page as its reader has it: the elements, texts, links, tables and fields that its HTML makes once parsed."""

import re
from collections.abc import Iterator
from functools import cached_property, lru_cache
from xml.etree.ElementTree import Element

import html5lib

_BLOCK = re.compile(
    "html|head|body|title|meta|link|script|header|footer|main|nav|section|article|aside|div|form|fieldset|legend|details|"
    "summary|figure|figcaption|h[1-6]|p|ul|ol|li|dl|dt|dd|table|caption|thead|tbody|tr|th|td|select|option|br|hr|"
    "svg|defs|pattern|path|rect|circle|text|desc|use"
)
_SILENT = ("script", "style")
_STEP = re.compile(
    r'(?P<tag>[a-z][\w-]*)|#(?P<id>[\w-]+)|\.(?P<class>[\w-]+)|\[(?P<name>[\w-]+)((?P<how>\^?=)"(?P<value>[^"]*)")?\]'
)


def parsed(given) -> "Part":
    """The tree of a response, or of a piece of HTML."""
    return Part(_tree(given if isinstance(given, str) else given.content.decode()))


@lru_cache(maxsize=4)
def _tree(text: str) -> Element:
    """Kept, because a test asks several things of the same page and parsing it is slow."""
    return html5lib.parse(text, namespaceHTMLElements=False)


class Part:
    """An element. Its parts are found by selectors: `main h1`, `#pied a`, `.row__title a`, `input[type="hidden"]`."""

    def __init__(self, node: Element):
        self.node = node
        self.tag = str(node.tag).rpartition("}")[2]

    def __repr__(self) -> str:
        return f"<{self.tag} {self.node.attrib}> {self.text[:200]}"

    def __getitem__(self, attribute: str) -> str:
        return self.node.attrib[attribute]

    def get(self, attribute: str, default: str | None = None) -> str | None:
        return self.node.get(attribute, default)

    @cached_property
    def text(self) -> str:
        """What is read, on one line; no-break spaces are kept."""
        return _spaced("".join(_words(self.node))).strip()

    @property
    def plain(self) -> str:
        """The same text with plain spaces alone."""
        return " ".join(self.text.split())

    @property
    def markup(self) -> str:
        """Its HTML, to be weighed."""
        return html5lib.serialize(self.node, quote_attr_values="always", omit_optional_tags=False)

    def __contains__(self, words: str) -> bool:
        """Whether words stand anywhere: in the text, in the value of an attribute, in a script."""
        values = (value for one in self.node.iter() for value in one.attrib.values())
        return words in self.text or any(words in written for written in (*values, *self.strings()))

    @property
    def classes(self) -> list[str]:
        return self.get("class", "").split()

    def is_whole(self) -> bool:
        """Whether the markup is that of a whole page, which says its language, and not of a piece of one."""
        return self.tag == "html" and "lang" in self.node.attrib

    def all(self, selector: str) -> list["Part"]:
        """Every part that a selector names, in reading order."""
        found = [self]
        for step in re.findall(r"(?:\[[^\]]*\]|[^\s\[])+", selector):
            inner = {id(node): node for part in found for node in part.node.iter() if node is not part.node}
            found = [part for part in map(Part, inner.values()) if part.is_a(step)]
        return found

    def one(self, selector: str, text: str | None = None) -> "Part":
        """The only part of a selector, or the only one that has this text."""
        found = [part for part in self.all(selector) if text in (None, part.text)]
        assert len(found) == 1, f"{len(found)} × {selector} {text or ''}: {found[:5]}"
        return found[0]

    def is_a(self, step: str) -> bool:
        marks = list(_STEP.finditer(step))
        assert "".join(found[0] for found in marks) == step, f"not a selector of this module: {step}"
        return all(self._has(**found.groupdict()) for found in marks)

    def _has(self, tag, name, how, value, **marks) -> bool:
        if tag:
            return self.tag == tag
        if marks["id"]:
            return self.get("id") == marks["id"]
        if marks["class"]:
            return marks["class"] in self.classes
        held = self.get(name)
        return held is not None and (how is None or (held.startswith(value) if how == "^=" else held == value))

    def texts(self, selector: str) -> list[str]:
        return [part.text for part in self.all(selector)]

    def values(self, selector: str, attribute: str) -> list[str]:
        """The values of an attribute of the parts that have it."""
        return [part[attribute] for part in self.all(selector) if attribute in part.node.attrib]

    def strings(self, without: tuple[str, ...] = ()) -> Iterator[str]:
        """Each run of text between two tags, as it is written; nothing of the tags left out."""
        if isinstance(self.node.tag, str) and self.tag not in without:
            yield self.node.text or ""
            for inner in self.node:
                yield from Part(inner).strings(without)
                yield inner.tail or ""

    def links(self, selector: str = "a") -> list[str]:
        """Where links lead."""
        return self.values(selector, "href")

    def link(self, text: str) -> str:
        """Where the link of this text leads."""
        return self.one("a", text)["href"]

    def facts(self) -> dict[str, str]:
        """Terms and what is said of each, of lists of facts (`dl`)."""
        return dict(zip(self.texts("dt"), self.texts("dd"), strict=True))

    def rows(self) -> list[list[str]]:
        """The texts of the cells of the tables, row after row."""
        return [[Part(cell).text for cell in row.node] for row in self.all("tr")]

    def field(self, label: str) -> "Part":
        """The control that a label names."""
        named = self.one("label", label)["for"]
        return self.one(f"#{named}")

    def levels(self) -> list[int]:
        """The levels of the headings, in reading order."""
        return [int(part.tag[1]) for part in map(Part, self.node.iter()) if re.fullmatch("h[1-6]", part.tag)]

    def sent(self) -> list[tuple[str, str]]:
        """Names and values of the hidden fields."""
        return [(field["name"], field["value"]) for field in self.all('input[type="hidden"]')]


def inline_code(whole: Part) -> list[Part]:
    """The parts of a page that hold a style or a script of their own: the policy of the site would stop them."""
    return [
        part
        for part in map(Part, whole.node.iter())
        if part.tag == "style"
        or (part.tag == "script" and part.get("src") is None)
        or any(name == "style" or name.startswith("on") for name in part.node.attrib)
    ]


def _words(node: Element) -> Iterator[str]:
    """The text of an element, with a space around each that stands on lines of its own."""
    tag = str(node.tag).rpartition("}")[2]
    apart = " " if _BLOCK.fullmatch(tag) else ""
    if isinstance(node.tag, str) and tag not in _SILENT:
        yield apart + (node.text or "")
        for inner in node:
            yield from _words(inner)
            yield inner.tail or ""
        yield apart


def _spaced(text: str) -> str:
    return re.sub(r"[ \t\r\n]+", " ", text)
