"""What the page of the glossary holds."""

from guide.core.french import fold
from guide.editorial.lexicon import Lexicon


def context(lexicon: Lexicon) -> dict:
    """The terms, by first letter: [(letter, terms)]."""
    letters: dict[str, list] = {}
    for term in sorted(lexicon.terms.values(), key=lambda term: fold(term.abbreviation)):
        letters.setdefault(fold(term.abbreviation)[:1].upper(), []).append(term)
    return {"letters": list(letters.items()), "breadcrumb": [("Glossaire", "")]}
