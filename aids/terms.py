"""Narrower and broader terms: what an answer surely means, and what it may mean."""

from collections.abc import Mapping
from functools import lru_cache

from aids.specialties import BROADER_SPECIALTIES
from aids.vocabulary import BROADER_MODES, ConditionKind

_BROADER: dict[str, Mapping[str, frozenset[str]]] = {
    ConditionKind.SPECIALTY: BROADER_SPECIALTIES,
    ConditionKind.MODE: BROADER_MODES,
}


@lru_cache(maxsize=512)
def surely(kind: str, answer: str) -> frozenset[str]:
    """Every term that an answer surely is: itself and its broader terms ("msp" is also "liberal")."""
    return frozenset({str(answer)}) | _BROADER.get(kind, {}).get(answer, frozenset())


@lru_cache(maxsize=512)
def possibly(kind: str, answer: str) -> frozenset[str]:
    """Every term that an answer may be, once made precise ("autre-specialite" may be "psychiatrie")."""
    terms = set(surely(kind, answer))
    for narrower, broader in _BROADER.get(kind, {}).items():
        if answer in broader:
            terms |= surely(kind, narrower)
    return frozenset(str(term) for term in terms)
