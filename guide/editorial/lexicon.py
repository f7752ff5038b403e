"""Sources and terms that any text may name, kept in memory for as long as the content does not change."""

import re
from typing import NamedTuple

from guide.core.content_version import kept
from guide.editorial.models import GlossaryTerm, Reference


class Lexicon(NamedTuple):
    """Sources by code, terms by abbreviation."""

    sources: dict[str, Reference]
    terms: dict[str, GlossaryTerm]

    def pattern(self) -> re.Pattern | None:
        """What finds any abbreviation in a text, the longest first; None without any."""
        words = sorted(self.terms, key=len, reverse=True)
        return re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, words))})(?!\w)") if words else None


def current(version: str) -> Lexicon:
    """The lexicon at this content version (see guide.core.content_version)."""
    return kept(version, "lexicon", load)


def load() -> Lexicon:
    """The lexicon from the database."""
    return Lexicon(
        {source.code: source for source in Reference.objects.all()},
        {term.abbreviation: term for term in GlossaryTerm.objects.order_by("slug")},
    )
