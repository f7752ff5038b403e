"""The content version: raised by every write of published content, read once by each page for its ETag."""

import hashlib
from functools import lru_cache

from django.apps import apps
from django.conf import settings
from django.db.models import F
from django.utils import timezone

from guide.core.models import ContentVersion, Publishable


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
