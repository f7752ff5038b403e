"""What pages keep in the cache for as long as the content version holds."""

from collections.abc import Callable
from typing import Any

from django.core.cache import cache
from django.http import HttpRequest

from guide.publishing import content_version

SECONDS = 3600


def kept(request: HttpRequest | None, name: str, make: Callable[[], Any]) -> Any:
    """`make()`, or what it gave before under this name for the same content version.

    `request` carries the version that `guide.publishing.http.public` has read; without it, one query reads it.
    """
    version = getattr(request, "content_version", None) or content_version.current()
    return cache.get_or_set(f"{name}-{version}", make, SECONDS)
