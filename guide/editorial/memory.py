"""What a page is made of, kept for as long as the content does not change.

A page of text costs a parse; its values are made once per content version and per process (or once for all, with a
shared cache), and are values ready to print: no model instance, no query left.
"""

from collections.abc import Callable
from typing import Any

from django.core.cache import cache

KEPT = 3600  # seconds; the version in the key makes older values unreachable long before


def remember(version: str, name: str, build: Callable[[], Any]) -> Any:
    """The value of `build` at this content version (`request.content_version`); a value of None is not kept."""
    key = f"editorial:{version}:{name}"
    found = cache.get(key)
    if found is None:
        found = build()
        if found is not None:
            cache.set(key, found, KEPT)
    return found
