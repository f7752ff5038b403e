"""Heaviest set without conflict (maximum weight independent set), exact: components, branching, memory.

Sixty aids with a few conflicts each fall apart into small components; inside one, the aid with most conflicts
is taken or left, which splits the rest again. Sets are bit masks, so that equal rests are solved once.
"""

from collections.abc import Mapping
from functools import cache

Weight = tuple[int, ...]


def heaviest(weights: Mapping[str, Weight], conflicts: Mapping[str, set[str]]) -> set[str]:
    """Codes of the heaviest set; weights are tuples compared from left to right, none negative.

    Of two sets of one weight, the one whose codes come first in the alphabet.
    """
    codes = sorted(weights)
    if not codes:
        return set()
    position = {code: rank for rank, code in enumerate(codes)}
    near = [sum(1 << position[other] for other in conflicts[code] if other in position) for code in codes]
    # The last digit of a weight is a preference for the first codes: exact, and it only decides between equals.
    worth = [(*weights[code], 1 << (len(codes) - 1 - rank)) for rank, code in enumerate(codes)]
    zero = tuple(0 for _ in worth[0])

    @cache
    def solve(rest: int) -> tuple[Weight, int]:
        best, chosen = zero, 0
        while rest:
            component = _component(rest, near)
            rest &= ~component
            value, picked = branch(component)
            best, chosen = _plus(best, value), chosen | picked
        return best, chosen

    @cache
    def branch(component: int) -> tuple[Weight, int]:
        busiest = max(_bits(component), key=lambda bit: (near[bit] & component).bit_count())
        alone = 1 << busiest
        with_value, with_set = solve(component & ~alone & ~near[busiest])
        taken = _plus(with_value, worth[busiest]), with_set | alone
        if not near[busiest] & component:
            return taken
        return max(taken, solve(component & ~alone))

    return {codes[bit] for bit in _bits(solve((1 << len(codes)) - 1)[1])}


def _plus(left: Weight, right: Weight) -> Weight:
    return tuple(a + b for a, b in zip(left, right, strict=True))


def _bits(mask: int):
    while mask:
        low = mask & -mask
        yield low.bit_length() - 1
        mask ^= low


def _component(rest: int, near: list[int]) -> int:
    """The aids of `rest` linked to its first one by conflicts."""
    found = frontier = rest & -rest
    while frontier:
        reached = 0
        for bit in _bits(frontier):
            reached |= near[bit]
        frontier = reached & rest & ~found
        found |= frontier
    return found
