"""Sources and terms that any text may name, kept in memory for as long as the content does not change."""

import re
from typing import NamedTuple

from django.db.models import BooleanField, CharField, F, Value

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
    """The lexicon at this content version (see guide.core.content_version); one query once per version."""
    return kept(version, "lexicon", load)


def load() -> Lexicon:
    """The lexicon from the database; one query."""
    none = Value("", CharField())
    terms = GlossaryTerm.objects.values_list(
        Value(False, BooleanField()), F("slug"), F("abbreviation"), F("expansion"), F("definition"), none, none
    )
    sources = Reference.objects.values_list(
        Value(True, BooleanField()), F("code"), F("label"), F("title"), F("publisher"), F("year"), F("url")
    )
    lexicon = Lexicon({}, {})
    for is_source, code, *words in sorted(terms.order_by().union(sources.order_by(), all=True)):
        if is_source:
            lexicon.sources[code] = Source(code, f"source-{code}", *words)
        else:
            lexicon.terms[words[0]] = Term(code, *words[:3])
    return lexicon
