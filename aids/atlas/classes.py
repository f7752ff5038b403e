"""A few classes of places for a map and its legend: what is sure, and what hangs on an unknown zoning. Pure."""

from collections.abc import Iterable, Sequence
from itertools import pairwise
from typing import NamedTuple

from aids.amounts import Range, euros
from aids.atlas.evaluation import Prospect
from guide.core.french import NBSP, plural

MAX_SURE = 3
MAX_UNCERTAIN = 3


class Class(NamedTuple):
    """One class: its number (the look), its words, and the prospects in it."""

    rank: int
    label: str
    prospects: frozenset[Prospect]


def classes(prospects: Iterable[Prospect]) -> list[Class]:
    """At most seven classes, from least to most: the sure ones (1: nothing, 2 to 4), the unknown ones (5 to 7)."""
    distinct = set(prospects)
    by_count = bool(distinct) and not any(p.best.high for p in distinct)
    sure = sorted((p for p in distinct if not p.is_uncertain), key=lambda p: (p.sure.high, p.sure.low, p.granted))
    uncertain = sorted((p for p in distinct if p.is_uncertain), key=lambda p: (p.best.high, p.sure.low, p.granted))
    nothing = [p for p in sure if not (p.granted if by_count else p.sure.high)]
    something = [p for p in sure if p not in nothing]
    groups = [(1, nothing)] if nothing else []
    groups += enumerate(_chunks(something, MAX_SURE, by_count=by_count), start=2)
    groups += enumerate(_chunks(uncertain, MAX_UNCERTAIN, by_count=by_count), start=2 + MAX_SURE)
    return [Class(rank, _label(group, by_count=by_count), frozenset(group)) for rank, group in groups]


def _chunks(ordered: Sequence[Prospect], most: int, *, by_count: bool) -> list[list[Prospect]]:
    """Neighbours together, equal figures never apart, in at most `most` groups."""
    steps: dict = {}
    for prospect in ordered:
        steps.setdefault(prospect.granted if by_count else (prospect.sure, prospect.best), []).append(prospect)
    values = list(steps.values())
    count = min(most, len(values))
    bounds = [round(index * len(values) / count) for index in range(count + 1)] if count else []
    return [[prospect for step in values[first:last] for prospect in step] for first, last in pairwise(bounds)]


def _label(group: Sequence[Prospect], *, by_count: bool) -> str:
    if by_count:
        numbers = [prospect.granted for prospect in group]
        return aids_between(min(numbers), max(numbers))
    low = min(p.sure.low for p in group)
    if group[0].is_uncertain:
        return f"classement non renseigné{NBSP}: {euros(Range(low, max(p.best.high for p in group)))}"
    high = max(p.sure.high for p in group)
    return euros(Range(low, high)) if high else "aucune somme à additionner"


def aids_between(low: int, high: int) -> str:
    """`de 2 à 5 aides`, `1 aide`, `aucune aide`."""
    return (plural(high, "aide") if high else "aucune aide") if low == high else f"de {low} à {plural(high, 'aide')}"
