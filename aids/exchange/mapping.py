"""Between the objects of the file and the rows that hold them, by the columns that their keys name."""

from collections.abc import Mapping
from typing import Any

from aids.exchange.readers import Key
from aids.exchange.schema import AID_KEYS

Keys = Mapping[str, Key]


def load(keys: Keys, value: Mapping[str, Any]) -> dict[str, Any]:
    """Columns of one object of the file, its defaults filled in."""
    return {key.column: key.loaded(value.get(name)) for name, key in keys.items() if key.column}


def dump(keys: Keys, row: Any) -> dict[str, Any]:
    """The object of one row; what the file leaves out when it is a default is still there."""
    return {name: key.dumped(getattr(row, key.column)) for name, key in keys.items() if key.column}


def full(aid: Mapping[str, Any]) -> dict[str, Any]:
    """An aid of the file with every key, the absent ones at their default: what two versions are compared by."""
    return {name: aid.get(name, key.blank) for name, key in AID_KEYS.items()}
