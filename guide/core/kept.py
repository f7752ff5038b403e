"""The one memory of the site: what pages need again and again, for as long as the content version holds.

It lives in the process and holds the values themselves, so that a hit costs nothing: whoever gets one does not change
it. What has not been asked for the longest goes first; values of older versions are never asked for again.
"""

from collections import OrderedDict
from collections.abc import Callable
from threading import Lock
from typing import Any

from django.http import HttpRequest

from guide.core import content_version

MOST = 300  # values: a page of a place weighs some 50 kB
_values: OrderedDict[tuple[str, str], Any] = OrderedDict()
_lock = Lock()


def version_of(request: HttpRequest | None) -> str:
    """The content version that `guide.core.http.public` has read; where it has not, one query reads it."""
    return getattr(request, "content_version", None) or content_version.current()


def kept(version: str, name: str, make: Callable[[], Any]) -> Any:
    """`make()`, or what it gave before under this name at the same content version.

    None is not kept: addresses that lead nowhere would fill the memory.
    """
    key = (version, name)
    with _lock:
        if key in _values:
            _values.move_to_end(key)
            return _values[key]
    found = make()
    if found is not None:
        with _lock:
            _values[key] = found
            while len(_values) > MOST:
                _values.popitem(last=False)
    return found


def forget() -> None:
    """As a process that has just begun."""
    with _lock:
        _values.clear()
