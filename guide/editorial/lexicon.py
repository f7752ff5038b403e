"""Sources and terms that any text may name, kept in memory for as long as the content does not change."""

import re
from typing import NamedTuple

from guide.core.kept import kept
from guide.editorial.models import GlossaryTerm, Reference


class Source(NamedTuple):
    """A source, ready to print; `anchor` is its id in the list that ends a page."""

    code: str
    anchor: str
    label: str
    title: str
    publisher: str
    year: str
    url: str


class Term(NamedTuple):
    """An abbreviation, ready to print."""

    slug: str
    abbreviation: str
    expansion: str
    definition: str


class Lexicon(NamedTuple):
    """Sources by code, terms by abbreviation."""

    sources: dict[str, Source]
    terms: dict[str, Term]

    def pattern(self) -> re.Pattern | None:
        """What finds any abbreviation in a text, the longest first; None without any."""
        words = sorted(self.terms, key=len, reverse=True)
        return re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, words))})(?!\w)") if words else None


def current(version: str) -> Lexicon:
    """The lexicon at this content version (see guide.core.content_version)."""
    return kept(version, "lexicon", load)


def load() -> Lexicon:
    """The lexicon from the database."""
    sources = Reference.objects.values_list("code", "label", "title", "publisher", "year", "url")
    terms = GlossaryTerm.objects.order_by("slug").values_list("slug", "abbreviation", "expansion", "definition")
    return Lexicon(
        {code: Source(code, f"source-{code}", *words) for code, *words in sources},
        {term.abbreviation: term for term in (Term(*words) for words in terms)},
    )
