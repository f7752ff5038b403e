"""Writes shared by every kind of sheet."""

from django.db import transaction
from django.utils import timezone

from guide.publishing import content_version
from guide.publishing.enums import Status
from guide.publishing.history.models import Action
from guide.publishing.history.recording import recording
from guide.publishing.models import PublishableQuerySet


@transaction.atomic
def set_status(*, sheets: PublishableQuerySet, status: Status, by) -> int:
    """Give all these sheets one status; returns how many changed."""
    pks = list(sheets.exclude(status=status).values_list("pk", flat=True))
    rows = sheets.model.objects.filter(pk__in=pks)
    with recording(sheets.model, pks, by=by, action=Action.STATUS):
        changed = rows.update(status=status, updated_by=by, updated_at=timezone.now())
    if changed:
        content_version.bump()
    return changed
