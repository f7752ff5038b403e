"""The content version, raised by every write of published content and read once by each page; what is kept for it.

The memory of what pages need again and again lives in the process and holds the values themselves, so that a hit costs
nothing: whoever gets one does not change it. What has not been asked for the longest goes first; values of older
versions are never asked for again.
"""

import hashlib
from collections import OrderedDict
from collections.abc import Callable
from functools import lru_cache
from threading import Lock
from typing import Any

from django.apps import apps
from django.conf import settings
from django.db.models import F
from django.http import HttpRequest
from django.utils import timezone

from guide.core.models import ContentVersion, Publishable

MOST = 300  # values: a page of a place weighs some 50 kB
_values: OrderedDict[tuple[str, str], Any] = OrderedDict()
_lock = Lock()


def current() -> str:
    """The version of what a visitor may see right now: number, past due dates, day.

    The day counts because zonings, openings and closures change at midnight without a write.
    """
    row = ContentVersion.objects.filter(pk=1).values_list("number", "schedule").first() or (0, [])
    now = timezone.now()
    past = sum(1 for instant in row[1] if instant <= now.isoformat())
    return f"{release()}-{row[0]}-{past}-{timezone.localdate(now):%Y%m%d}"


def bump() -> None:
    """Raise the version; call it inside the transaction of every write that visitors can see."""
    ContentVersion.objects.get_or_create(pk=1)
    ContentVersion.objects.filter(pk=1).update(number=F("number") + 1, schedule=_schedule())


def _schedule() -> list[str]:
    now = timezone.now()
    instants = set()
    for model in apps.get_models():
        if issubclass(model, Publishable):
            for field in ("publish_at", "unpublish_at"):
                instants.update(model.objects.filter(**{f"{field}__gt": now}).values_list(field, flat=True))
    return sorted(instant.isoformat() for instant in instants)


@lru_cache
def release() -> str:
    """Fingerprint of the deployed code and templates: a new deployment invalidates every cached page."""
    digest = hashlib.sha256(settings.SITE_NAME.encode() + settings.REGION.encode())
    for folder in ("guide", "structures", "aids", "templates", "static"):
        for path in sorted((settings.BASE_DIR / folder).rglob("*")):
            if path.suffix in {".py", ".html", ".css", ".js", ".svg"}:
                stat = path.stat()
                digest.update(f"{path.name}{stat.st_size}{stat.st_mtime_ns}".encode())
    return digest.hexdigest()[:8]


def version_of(request: HttpRequest | None) -> str:
    """The content version that `guide.core.http.public` has read; where it has not, one query reads it."""
    return getattr(request, "content_version", None) or current()


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
