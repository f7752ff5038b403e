"""What pages keep in the cache for as long as the content version holds.

Values are made once per content version and per process (or once for all, with a shared cache), and are ready to
print: no model instance, no query left.
"""

from collections.abc import Callable
from typing import Any

from django.core.cache import cache
from django.http import HttpRequest

from guide.core import content_version

SECONDS = 3600  # the version in the key makes older values unreachable long before


def version_of(request: HttpRequest | None) -> str:
    """The content version that `guide.core.http.public` has read; where it has not, one query reads it."""
    return getattr(request, "content_version", None) or content_version.current()


def kept(version: str, name: str, make: Callable[[], Any]) -> Any:
    """`make()`, or what it gave before under this name at the same content version.

    None is not kept: addresses that lead nowhere would fill the cache.
    """
    key = f"{version}:{name}"
    found = cache.get(key)
    if found is None:
        found = make()
        if found is not None:
            cache.set(key, found, SECONDS)
    return found
