"""How often something was tried within a delay, counted in the database: the same for every worker and machine."""

from datetime import timedelta

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from guide.core.models import AttemptCount


def made(key: str) -> int:
    """Attempts counted under `key` in the delay that runs."""
    return (
        AttemptCount.objects.filter(key=key, ends_at__gt=timezone.now()).values_list("count", flat=True).first() or 0
    )


@transaction.atomic
def count(key: str, within: timedelta) -> int:
    """Count one more attempt and say how many there are; the delay runs from the first. Delays that are over go."""
    now = timezone.now()
    AttemptCount.objects.filter(ends_at__lte=now).delete()
    AttemptCount.objects.get_or_create(key=key, defaults={"ends_at": now + within})
    AttemptCount.objects.filter(key=key).update(count=F("count") + 1)
    return AttemptCount.objects.get(key=key).count
