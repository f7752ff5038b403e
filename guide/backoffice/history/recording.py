"""Writing the history: whoever changes sheets says so here, inside the transaction of the change."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager

from django.db import models

from guide.backoffice.history.models import Action, Version
from guide.backoffice.history.snapshots import Row, content, read

MAX_LABEL = 200
NAMES = ("name", "title", "label", "question")


@contextmanager
def recording(
    model: type[models.Model], keys: Iterable[int], *, by=None, action: str = Action.CHANGE, note: str = ""
) -> Iterator[None]:
    """Note what the body changes of these sheets, one version for each sheet that it did change."""
    keys = list(keys)
    before = read(model, keys)
    yield
    note_changes(model, before, by=by, action=action, note=note)


def note_changes(
    model: type[models.Model], before: dict[int, Row], *, by=None, action: str = Action.CHANGE, note: str = ""
) -> int:
    """Compare the sheets with what they were, and keep the versions that differ; returns how many do."""
    after = read(model, before)
    changed = {pk: row for pk, row in before.items() if content(model, row) != content(model, after.get(pk))}
    keep(model, changed, by=by, action=action, note=note)
    return len(changed)


def note_import(model: type[models.Model], keys: Iterable[int], note: str) -> None:
    """Keep the sheets that an import is about to change, as they are now."""
    keep(model, read(model, keys), by=None, action=Action.IMPORT, note=note)


def note_deletion(*, model: type[models.Model], keys: Iterable[int], by) -> None:
    """Keep these sheets whole, with what belongs to others too, just before they are deleted."""
    keep(model, read(model, keys, with_links=True), by=by, action=Action.DELETE)


def note_creation(instance: models.Model, *, by, action: str = Action.CREATE) -> None:
    """The sheet was made by somebody, or came back from the bin: nothing was before."""
    Version.objects.create(
        model=instance._meta.label_lower,
        object_id=instance.pk,
        action=action,
        by=by,
        label=str(instance)[:MAX_LABEL],
    )


def keep(model: type[models.Model], rows: dict[int, Row], *, by, action: str, note: str = "") -> None:
    """Store one version for each of `rows`."""
    labels = _labels(model, rows)
    Version.objects.bulk_create(
        [
            Version(
                model=model._meta.label_lower,
                object_id=pk,
                action=action,
                by=by,
                note=note,
                label=labels[pk],
                before=row,
            )
            for pk, row in rows.items()
        ],
        batch_size=500,
    )


def _labels(model: type[models.Model], rows: dict[int, Row]) -> dict[int, str]:
    """How the sheets are called, from their rows; one alone that has no name is called as it calls itself."""
    labels = {pk: _name(row) for pk, row in rows.items()}
    if len(rows) == 1 and not any(labels.values()):
        labels = {pk: str(found) for pk, found in model._base_manager.in_bulk(rows).items()}
    return {pk: str(labels.get(pk) or f"{model._meta.verbose_name} {pk}")[:MAX_LABEL] for pk in rows}


def _name(row: Row) -> str:
    return next((row["fields"][name] for name in NAMES if row["fields"].get(name)), "")
