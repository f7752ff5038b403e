"""Narrower and broader terms of a vocabulary: what an answer surely means, and what it may mean."""

from collections.abc import Iterable, Mapping


class Terms:
    """The words of a vocabulary by code, in its order. `broader`: what a narrower term always also is."""

    def __init__(self, words: Iterable[tuple[str, str]], broader: Mapping[str, frozenset[str]] | None = None):
        self.words = {str(code): word for code, word in words}
        above = {str(code): frozenset(map(str, terms)) for code, terms in (broader or {}).items()}
        self._surely = {code: frozenset({code}) | above.get(code, frozenset()) for code in self.words}
        self._possibly = {code: self._made_precise(code) for code in self.words}

    def surely(self, answer: str) -> frozenset[str]:
        """Every term that an answer surely is: itself and its broader terms ("msp" is also "liberal")."""
        return self._surely.get(answer) or frozenset({str(answer)})

    def possibly(self, answer: str) -> frozenset[str]:
        """Every term that an answer may be, once made precise ("autre-specialite" may be "psychiatrie")."""
        return self._possibly.get(answer) or frozenset({str(answer)})

    def _made_precise(self, code: str) -> frozenset[str]:
        narrower = [terms for terms in self._surely.values() if code in terms]
        return self._surely[code].union(*narrower)
