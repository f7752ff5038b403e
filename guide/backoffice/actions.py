"""Writes shared by every kind of sheet: the steps of the life cycle (guide/backoffice/life_cycle.py), and "checked".

Each step takes the sheets as a query set already kept inside the perimeter of `by`, leaves those from whose state the
step does not start, and returns how many it moved. PermissionDenied: the role of `by` may not take this step.
"""

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from guide.backoffice.history.models import Action
from guide.backoffice.history.recording import recording
from guide.backoffice.life_cycle import TRANSITIONS, Transition
from guide.backoffice.perimeter import reach_of
from guide.core import content_version
from guide.core.enums import Status
from guide.core.models import PublishableQuerySet


def submit_for_review(*, sheets: PublishableQuerySet, by) -> int:
    """Ask the editors to read these drafts."""
    return _move(TRANSITIONS["submit_for_review"], sheets, by)


def publish(*, sheets: PublishableQuerySet, by) -> int:
    """Show these sheets to visitors, from `publish_at` on; an end of publication already past is forgotten."""
    return _move(TRANSITIONS["publish"], sheets, by)


def send_back(*, sheets: PublishableQuerySet, by) -> int:
    """Give these sheets back to their authors."""
    return _move(TRANSITIONS["send_back"], sheets, by)


def archive(*, sheets: PublishableQuerySet, by) -> int:
    """Take these sheets off the site, and keep them."""
    return _move(TRANSITIONS["archive"], sheets, by)


def restore_to_draft(*, sheets: PublishableQuerySet, by) -> int:
    """Take up again sheets that were archived, or published too early."""
    return _move(TRANSITIONS["restore_to_draft"], sheets, by)


STEPS = {step.__name__: step for step in (submit_for_review, publish, send_back, archive, restore_to_draft)}


@transaction.atomic
def _move(step: Transition, sheets: PublishableQuerySet, by) -> int:
    if reach_of(by).role not in step.roles:
        raise PermissionDenied("Votre rôle ne permet pas ce changement d'état.")
    keys = list(sheets.order_by().values_list("pk", flat=True))
    rows = sheets.model._base_manager.select_for_update().filter(pk__in=keys, status__in=step.sources)
    found, now = list(rows.values_list("pk", flat=True)), timezone.now()
    moving = sheets.model._base_manager.filter(pk__in=found)
    with recording(sheets.model, found, by=by, action=Action.STATUS):
        if step.target == Status.PUBLISHED:
            moving.filter(unpublish_at__lte=now).update(unpublish_at=None)
        moved = moving.update(status=step.target, status_since=now, updated_by=by, updated_at=now)
    if moved:
        content_version.bump()
    return moved


@transaction.atomic
def mark_verified(*, sheets: PublishableQuerySet, by) -> int:
    """Say that `by` has read these sheets today and found them right; returns how many there were.

    `sheets` are already kept inside the perimeter of `by`. PermissionDenied: `by` is not an editor.
    """
    if not reach_of(by).is_editor:
        raise PermissionDenied("Votre rôle ne permet pas de dire qu'une fiche est à jour.")
    keys = list(sheets.order_by().values_list("pk", flat=True))
    chosen = sheets.model._base_manager.filter(pk__in=keys)
    with recording(sheets.model, keys, by=by, note="toujours à jour"):
        marked = chosen.update(verified_on=timezone.localdate(), updated_by=by, updated_at=timezone.now())
    if marked:
        content_version.bump()
    return marked
