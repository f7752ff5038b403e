"""Three-way merge of one row: what the database holds, what a source offers, what that source gave before.

Rule: a field that an editor changed by hand is kept. It is recognised without any trace of the edit: its
value differs from the one that the last import left there (`provenance`). Between sources, the one of
higher rank owns a field; another fills it only while it is empty.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

EMPTY = (None, "", [], {})


@dataclass(frozen=True, slots=True)
class Merged:
    """Outcome of a merge: values to write, provenance afterwards, and fields kept as {field: (current, offered)}."""

    changes: dict[str, Any]
    provenance: dict[str, list]
    kept: dict[str, tuple[Any, Any]]


def storable(value: Any) -> Any:
    """The JSON form of a value kept in `provenance`: dates as ISO text, the rest as it is."""
    return value.isoformat() if isinstance(value, date) else value


def merge(
    current: Mapping[str, Any],
    offered: Mapping[str, Any],
    provenance: Mapping[str, list],
    source: str,
    ranks: Mapping[str, int] | None = None,
    of_fields: Mapping[str, Mapping[str, int]] | None = None,
) -> Merged:
    """Merge `offered` (field -> value, from `source`) into `current`. Pure; see the module's rule.

    `ranks` by source (0 when absent); `of_fields`: those of the fields that have their own.
    """
    usual, of_fields = ranks or {}, of_fields or {}
    changes: dict[str, Any] = {}
    after = dict(provenance)
    kept: dict[str, tuple[Any, Any]] = {}
    for field, value in offered.items():
        now, left, ranks = current[field], provenance.get(field), of_fields.get(field, usual)
        if left is None:
            if now in EMPTY and value not in EMPTY:
                changes[field], after[field] = value, [source, storable(value)]
            elif now not in EMPTY and now != value and value not in EMPTY:
                kept[field] = (now, value)
            elif now == value and value not in EMPTY:
                after[field] = [source, storable(value)]
        elif storable(now) != left[1]:
            if now == value:
                after[field] = [source, storable(value)]
            elif source == left[0] or value not in EMPTY:
                kept[field] = (now, value)
        elif source == left[0] or (value not in EMPTY and ranks.get(source, 0) > ranks.get(left[0], 0)):
            after[field] = [source, storable(value)]
            if now != value:
                changes[field] = value
        elif now in EMPTY and value not in EMPTY:
            changes[field], after[field] = value, [source, storable(value)]
    return Merged(changes, after, kept)


def replace(current: Mapping[str, Any], offered: Mapping[str, Any]) -> Merged:
    """What a row becomes that keeps no provenance: it takes what the source offers."""
    return Merged({field: value for field, value in offered.items() if current[field] != value}, {}, {})


def edited_fields(current: Mapping[str, Any], provenance: Mapping[str, list]) -> list[str]:
    """Fields whose value is no longer the one that an import left: changed by hand, and kept by imports."""
    return [field for field, (_, left) in provenance.items() if field in current and storable(current[field]) != left]
