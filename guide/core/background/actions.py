"""The queue of background work. Each write is one INSERT or one conditional UPDATE, on SQLite and PostgreSQL alike:
whoever changes the row has it.
"""

from datetime import timedelta
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import Case, F, QuerySet, Value, When
from django.utils import timezone

from guide.core.background import models
from guide.core.background.models import ACTIVE, Task
from guide.core.enums import TaskState

SILENT_AFTER = timedelta(seconds=60)  # without a sign of life, a runner is taken for dead
KEPT_FOR = timedelta(days=30)  # what is over stays readable
LOOK_AHEAD = 20  # tasks looked at in one read, so that several runners do not all want the same one
RECURRING = "recurring"  # key of the work that comes back: one row of each kind is waiting
FREE = {"held_by": "", "seen_at": None}
DIED = "Le programme qui s'en chargeait s'est arrêté sans prévenir."


def enqueue(kind: str, *, key: str = "", arguments: dict[str, Any] | None = None, run_after=None) -> Task | None:
    """Ask for work, now or later; None when the same (`kind` and `key`) already waits or runs."""
    try:
        with transaction.atomic():
            return Task.objects.create(
                kind=kind,
                key=key,
                arguments=arguments or {},
                run_after=run_after or timezone.now(),
                max_attempts=models.KINDS[kind].max_attempts,
            )
    except IntegrityError:
        return None


def active(kind: str, key: str) -> Task | None:
    """The task of this kind and key that waits or runs."""
    return Task.objects.filter(kind=kind, key=key, state__in=ACTIVE).first()


def is_urgent_waiting() -> bool:
    """Whether somebody waits in front of a page for work that nobody has begun."""
    return _due().filter(kind__in=models.urgent()).exists()


def claim(runner: str) -> Task | None:
    """The next task that is due, now held by `runner`; None when nothing is.

    Kinds that this process does not know, those of a newer version, are left to others.
    """
    first = Case(When(kind__in=models.urgent(), then=Value(0)), default=Value(1))
    for pk in _due().order_by(first, "run_after", "pk").values_list("pk", flat=True)[:LOOK_AHEAD]:
        now = timezone.now()
        held = {"state": TaskState.RUNNING, "held_by": runner, "started_at": now, "seen_at": now, "progress": 0}
        if Task.objects.filter(pk=pk, state=TaskState.WAITING).update(attempts=F("attempts") + 1, **held):
            return Task.objects.get(pk=pk)
    return None


def show_life(task: Task) -> None:
    """The runner is alive, and has come so far."""
    _held(task).update(seen_at=timezone.now(), progress=task.progress)


def finish(task: Task, message: str) -> None:
    """The work is done."""
    _held(task).update(
        state=TaskState.DONE, finished_at=timezone.now(), message=message, progress=task.progress, **FREE
    )


def put_back(task: Task, message: str) -> None:
    """A part is done; the rest waits its turn again, and this run does not count among the attempts."""
    _held(task).update(
        state=TaskState.WAITING, run_after=timezone.now(), attempts=F("attempts") - 1, message=message, **FREE
    )


def fail(task: Task, error: str, *, retry: bool = True) -> None:
    """The work has failed: it is tried again after the pause of its kind, unless it was tried often enough."""
    now = timezone.now()
    if retry and task.attempts < task.max_attempts:
        after = now + models.KINDS[task.kind].pause
        _held(task).update(state=TaskState.WAITING, run_after=after, last_error=error, **FREE)
    else:
        _held(task).update(state=TaskState.FAILED, finished_at=now, last_error=error, **FREE)


def release(runner: str) -> None:
    """`runner` was asked to stop: what it holds waits for another, and this run does not count."""
    held = Task.objects.filter(held_by=runner, state=TaskState.RUNNING)
    held.update(state=TaskState.WAITING, attempts=F("attempts") - 1, **FREE)


def take_from_the_dead() -> None:
    """Give back the work of runners that show no sign of life; what has killed too many of them has failed."""
    now = timezone.now()
    lost = Task.objects.filter(state=TaskState.RUNNING, seen_at__lt=now - SILENT_AFTER)
    if lost.exists():
        spent = lost.filter(attempts__gte=F("max_attempts"))
        spent.update(state=TaskState.FAILED, finished_at=now, last_error=DIED, **FREE)
        lost.update(state=TaskState.WAITING, run_after=now, last_error=DIED, **FREE)


def plan() -> None:
    """Make sure that the next time of all work that comes back stands in the queue."""
    planned = set(Task.objects.filter(key=RECURRING, state__in=ACTIVE).values_list("kind", flat=True))
    for kind in models.KINDS.values():
        if kind.every and kind.name not in planned:
            enqueue(kind.name, key=RECURRING, run_after=kind.every.after(timezone.now()))


def forget_old() -> int:
    """Delete what has been over for long; returns how many tasks there were."""
    over = Task.objects.filter(finished_at__lt=timezone.now() - KEPT_FOR)
    return over.delete()[0]


def _due() -> QuerySet[Task]:
    return Task.objects.filter(state=TaskState.WAITING, run_after__lte=timezone.now(), kind__in=list(models.KINDS))


def _held(task: Task) -> QuerySet[Task]:
    """The row, as long as this run of it is the one that counts: none once another runner has taken it over."""
    return Task.objects.filter(pk=task.pk, state=TaskState.RUNNING, held_by=task.held_by, attempts=task.attempts)
