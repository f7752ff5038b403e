"""Merges what a source offers into a structure: the three-way rule, with the ranks of this domain. Pure."""

from collections.abc import Mapping
from typing import Any

from guide.core.imports.merge import Merged, merge
from structures.enums import CoordinateSource

FINESS = "finess"
# FINESS, a kept-up register, owns a field rather than a list. A name is the contrary: FINESS writes it in
# capitals, cut at 38 or 80 characters, where a list was written by a person.
RANKS = {FINESS: 10}
NAME_RANKS = {FINESS: -10}
SAME_PLACE_DEGREES = 0.00002  # about 2 m: the rounding between two formats of one file, not a move
_PRECISION = {CoordinateSource.COMMUNE: 1, CoordinateSource.STREET: 2}
_PRECISE = 3


def combine(
    current: Mapping[str, Any], offered: Mapping[str, Any], provenance: Mapping[str, list], source: str
) -> Merged:
    """Merge `offered` (field -> value, from `source`) into `current`; see guide/core/imports/merge.py."""
    of_fields = {"name": NAME_RANKS}
    if "position" in offered:
        offered = {**offered, "position": _settled(current, offered, provenance, source)}
        left = provenance.get("position")
        of_fields["position"] = _position_ranks(current["position"], offered["position"], left, source)
    return merge(current, offered, provenance, source, RANKS, of_fields)


def _settled(current: Mapping, offered: Mapping, provenance: Mapping, source: str) -> list:
    """The offered position, unless it says less than the one held, or the same within a rounding.

    A file without coordinates (cs1100502) offers the commune: no reason to lose a point found before, as long
    as the commune is the same.
    """
    now, value = current["position"], offered["position"]
    left = provenance.get("position")
    ours = left is not None and left[0] == source and left[1] == now
    if not ours or not value or now == value:
        return value
    moved = current["commune_id"] != offered.get("commune_id", current["commune_id"])
    if value[2] == CoordinateSource.COMMUNE and now[2] != CoordinateSource.COMMUNE and not moved:
        return now
    near = all(abs(a - b) <= SAME_PLACE_DEGREES for a, b in zip(now[:2], value[:2], strict=True))
    return now if near and now[2] == value[2] else value


def _position_ranks(now: list, value: list, left: list | None, source: str) -> dict[str, int]:
    """Between sources the more precise position wins, then the usual rank."""
    if left is None or left[0] == source:
        return RANKS
    return {name: RANKS.get(name, 0) + 100 * _precision(place) for name, place in ((source, value), (left[0], now))}


def _precision(position: list) -> int:
    return _PRECISION.get(position[2], _PRECISE) if position else 0
