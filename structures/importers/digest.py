"""Fingerprints by which a repeated import knows, without converting it, that a row changes nothing."""

import hashlib
from collections.abc import Iterable, Sequence
from typing import Any

from structures.models import Structure


def digest(values: Sequence[Any]) -> str:
    """32 hexadecimal characters that stand for these plain values, in order."""
    return hashlib.blake2b(repr(tuple(values)).encode(), digest_size=16).hexdigest()


def state(structure: Structure, columns: Iterable[str]) -> str:
    """Fingerprint of the columns of a structure, as `states` would find it once written."""
    return digest([getattr(structure, column) for column in columns])


def states(keys: Iterable[int], columns: Sequence[str]) -> dict[int, str]:
    """Fingerprints of these structures as the database holds them, by primary key; one query."""
    rows = Structure.objects.filter(pk__in=list(keys)).order_by().values_list("pk", *columns)
    return {pk: digest(values) for pk, *values in rows}
