"""Rich texts of one page made ready to print: headings with an address, citations, terms, tables, links.

Works on cleaned text only (guide/core/rich_text.py), and gives the only markup that templates trust. The sources and
the terms that a text may name are kept in memory for as long as the content does not change.
"""

import html as markup
import re
from collections.abc import Iterable
from html.parser import HTMLParser
from typing import NamedTuple

from django.utils.text import slugify

from guide.core.content_version import kept
from guide.core.french import long_date, typographic
from guide.core.rich_text import CITATION, Html, plain
from guide.editorial.models import Content, GlossaryTerm, Reference
from guide.territories.models import Territory


class Lexicon(NamedTuple):
    """Sources by code, terms by abbreviation."""

    sources: dict[str, Reference]
    terms: dict[str, GlossaryTerm]

    def pattern(self) -> re.Pattern | None:
        """What finds any abbreviation in a text, the longest first; None without any."""
        words = sorted(self.terms, key=len, reverse=True)
        return re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, words))})(?!\w)") if words else None


def lexicon(version: str) -> Lexicon:
    """The lexicon at this content version (see guide.core.content_version)."""
    return kept(version, "lexicon", _load)


def _load() -> Lexicon:
    return Lexicon(
        {source.code: source for source in Reference.objects.all()},
        {term.abbreviation: term for term in GlossaryTerm.objects.order_by("slug")},
    )


HEADINGS = frozenset({"h2", "h3", "h4"})
# No button inside a link or a heading; a column title is repeated on phones by its data-label.
WITHOUT_TERMS = frozenset({"a", "abbr", "th", "caption", *HEADINGS})
UNKNOWN_SOURCE = "source non renseignée"


class Rendering:
    """The texts of one page, in the order of the page.

    Over the whole page: heading ids are unique, an abbreviation is explained at its first use only, and
    `sources` lists what was cited. `contents` holds (id, title) of the `h2` headings.
    """

    def __init__(self, lexicon: Lexicon, *, reserved: Iterable[str] = ()):
        """`reserved`: ids that the template itself uses."""
        self.lexicon = lexicon
        self.pattern = lexicon.pattern()
        self.contents: list[tuple[str, str]] = []
        self.ids = {"contenu", "sources", *reserved}
        self.explained: dict[str, GlossaryTerm] = {}
        self.cited: dict[str, Reference] = {}

    def html(self, text: str) -> Html:
        writer = _Writer(self)
        writer.feed(text)
        writer.close()
        return Html("".join(writer.out))

    def unmarked(self, text: str) -> Html:
        """A text written without markup, which may cite and use terms."""
        return self.html(markup.escape(text, quote=False))

    def cite(self, code: str) -> str:
        """The words of a citation; its source joins the list of the page."""
        source = self.lexicon.sources.get(code)
        if source is None:
            return UNKNOWN_SOURCE
        self.cited[code] = source
        return source.label

    def sources(self, others: Iterable[str] = ()) -> list[Reference]:
        """What the page cites, in the order of its texts, then the other sources named by code."""
        more = {code: self.lexicon.sources[code] for code in others if code in self.lexicon.sources}
        return list((self.cited | more).values())

    def terms(self) -> list[GlossaryTerm]:
        return list(self.explained.values())

    def heading(self, title: str, level: str) -> str:
        base = slugify(title)[:60].strip("-") or "partie"
        found, rank = base, 2
        while found in self.ids:
            found, rank = f"{base}-{rank}", rank + 1
        self.ids.add(found)
        if level == "h2":
            self.contents.append((found, title))
        return found


def foot(sheet: Content, rendering: Rendering) -> dict:
    """What ends the page of a sheet once its texts are rendered: sources, terms, date of the last check."""
    return {
        "sources": rendering.sources(sheet.references.order_by("code").values_list("code", flat=True)),
        "terms": rendering.terms(),
        "verified": long_date(sheet.verified_on) if sheet.verified_on else "",
    }


def place_link(territory: Territory | None) -> tuple[str, str] | None:
    """(name, address) of the place of a sheet."""
    return (territory.name, territory.get_absolute_url()) if territory else None


class _Writer(HTMLParser):
    """Writes one text again, element by element. Headings and column titles wait for their end, because a name or a
    label is made of their words; entities stay as they are."""

    def __init__(self, page: Rendering):
        super().__init__(convert_charrefs=False)
        self.page = page
        self.out: list[str] = []
        self.open: list[str] = []
        self.start = 0  # where the open heading or column title begins in `out`
        self.title = ""
        self.columns: list[str] = []
        self.column = 0

    def handle_starttag(self, tag, attrs):
        self.open.append(tag)
        values = dict(attrs)
        if tag in HEADINGS or tag == "th":
            self.start = len(self.out)
            if tag == "th" and "scope" not in values:
                values["scope"] = "col" if "thead" in self.open else "row"
        if tag == "table":
            self.columns = []
            name = _escape(f"Tableau\u00a0: {self.title}" if self.title else "Tableau")
            self.out.append(f'<div class="table-wrap" role="region" tabindex="0" aria-label="{name}">')
            values["class"] = "table"
        elif tag == "tr":
            self.column = 0
        elif tag == "td" and self.column < len(self.columns):
            values["data-label"] = self.columns[self.column]
        elif tag == "a" and values.get("href", "").startswith(("http:", "https:")):
            values["rel"] = "noopener"
        attributes = (f' {name}="{_escape(value)}"' for name, value in values.items())
        self.out.append(f"<{tag}{''.join(attributes)}>")
        if tag == "td":
            self.out.append("<div>")  # one box beside the label that phones show
        if tag in ("br", "hr"):
            self.open.pop()

    def handle_endtag(self, tag):
        if tag == "td":
            self.out.append("</div>")
        self.out.append(f"</{tag}>")
        if self.open:
            self.open.pop()
        if tag in HEADINGS:
            self.title = typographic(plain("".join(self.out[self.start :])))
            name = self.page.heading(self.title, tag)
            self.out[self.start] = f'<{tag} id="{name}">'
        elif tag == "table":
            self.out.append("</div>")
        elif tag in ("td", "th"):
            self.column += 1
            if tag == "th" and "thead" in self.open:
                self.columns.append(plain("".join(self.out[self.start :])))

    def handle_data(self, data):
        data = typographic(data)
        position = 0
        for found in CITATION.finditer(data):
            self._words(data[position : found.start()])
            self._citation(found[1])
            position = found.end()
        self._words(data[position:])

    def handle_entityref(self, name):
        self.out.append(f"&{name};")

    def handle_charref(self, name):
        self.out.append(f"&#{name};")

    def _citation(self, code: str) -> None:
        label = _escape(self.page.cite(code))
        if "a" in self.open or code not in self.page.lexicon.sources:
            self.out.append(f"({label})")
        else:
            self.out.append(f'<a class="cite" href="#source-{code}">({label})</a>')

    def _words(self, text: str) -> None:
        """Words, the first use of each abbreviation made a button that opens its explanation."""
        if self.page.pattern is None or WITHOUT_TERMS.intersection(self.open):
            self.out.append(text)
            return
        position = 0
        for found in self.page.pattern.finditer(text):
            term = self.page.lexicon.terms[found[0]]
            if term.slug in self.page.explained:
                continue
            self.page.explained[term.slug] = term
            start, end = found.span()
            # Browsers break lines around a button, even after an opening bracket.
            if text[start - 1 : start] == "(" and text[end : end + 1] == ")":
                self.out += [text[position : start - 1], f'<span class="term-aside">({_button(term)})</span>']
                position = end + 1
            else:
                self.out += [text[position:start], _button(term)]
                position = end
        self.out.append(text[position:])


def _button(term: GlossaryTerm) -> str:
    return (
        f'<button type="button" class="term" popovertarget="terme-{term.slug}" aria-describedby="sens-{term.slug}">'
        f"{_escape(term.abbreviation)}</button>"
    )


def _escape(text: str | None) -> str:
    return markup.escape(text or "", quote=True)
