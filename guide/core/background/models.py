"""Background work: its kinds (what does it, how often it is tried, when it comes again), and one piece of it."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from django.db import models
from django.db.models import Q
from django.utils import timezone

from guide.core.enums import TaskState

MONDAY = 0
ACTIVE = (TaskState.WAITING, TaskState.RUNNING)


class NoRetry(Exception):
    """The work has failed and would fail again: it is not tried a second time."""


@dataclass(frozen=True, slots=True)
class Later:
    """What a worker returns when it has done a part and wants the rest to wait its turn again."""

    message: str


@dataclass(frozen=True, slots=True)
class Moment:
    """A time of day that comes back every day, or every week on `weekday` (0 is Monday), in local time."""

    hour: int
    minute: int = 0
    weekday: int | None = None

    def after(self, now: datetime) -> datetime:
        """The first one later than `now`, in UTC."""
        local = timezone.localtime(now)
        for days in range(9):
            day = local + timedelta(days=days)
            moment = day.replace(hour=self.hour, minute=self.minute, second=0, microsecond=0).astimezone(UTC)
            if moment > now and self.weekday in (None, day.weekday()):
                return moment
        raise ValueError(f"no such moment: {self}")


@dataclass(frozen=True, slots=True)
class TaskKind:
    """One kind of work. `label` is in French, for the administration.

    `work` returns what it did in words, or `Later`. It may be run twice for one task, should a runner be killed
    between the work and the note that it is done, so that a second run must do no harm. An exception is kept as the
    last error and the work is tried again after `pause`, `max_attempts` times in all; NoRetry ends it at once.
    `every`: the work comes back by itself. `urgent`: somebody waits for it on a page.
    """

    name: str
    label: str
    work: Callable[["Task"], "str | Later"]
    max_attempts: int = 3
    pause: timedelta = timedelta(minutes=10)
    every: Moment | None = None
    urgent: bool = False


KINDS: dict[str, TaskKind] = {}


def register(kind: TaskKind) -> None:
    """Make a kind of work known; every runner then does it."""
    KINDS[kind.name] = kind


def urgent() -> list[str]:
    """Names of the kinds for which somebody waits."""
    return [kind.name for kind in KINDS.values() if kind.urgent]


def kind_choices() -> list[tuple[str, str]]:
    """(name, label) of every kind, in the order of the labels."""
    return sorted(((kind.name, kind.label) for kind in KINDS.values()), key=lambda pair: pair[1])


class Task(models.Model):
    """One piece of work: asked for, waiting until `run_after`, held by one runner, then done or failed.

    `key` names what it works on: of one kind and key only one task is waiting or running; empty, there may be many.
    `attempts` counts the runs begun. `seen_at` is the last sign of life of the runner that holds it (`held_by`).
    `progress` is in rows, or whatever the kind of work counts.
    """

    kind = models.CharField("travail", max_length=40, choices=kind_choices)
    key = models.CharField("sur", max_length=80, blank=True)
    arguments = models.JSONField("précisions", default=dict, blank=True)
    state = models.CharField("état", max_length=8, choices=TaskState.choices, default=TaskState.WAITING)
    created_at = models.DateTimeField("demandé le", auto_now_add=True)
    run_after = models.DateTimeField("pas avant le")
    attempts = models.PositiveSmallIntegerField("essais", default=0)
    max_attempts = models.PositiveSmallIntegerField("essais au plus")
    held_by = models.CharField("confié à", max_length=120, blank=True)
    started_at = models.DateTimeField("commencé le", null=True, blank=True)
    seen_at = models.DateTimeField("dernier signe le", null=True, blank=True)
    finished_at = models.DateTimeField("fini le", null=True, blank=True)
    progress = models.PositiveIntegerField("avancement", default=0)
    message = models.TextField("bilan", blank=True)
    last_error = models.TextField("dernière erreur", blank=True)

    class Meta:
        verbose_name = "travail de fond"
        verbose_name_plural = "travaux de fond"
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "key"], condition=Q(state__in=ACTIVE) & ~Q(key=""), name="core_task_once"
            )
        ]
        indexes = [models.Index(fields=["state", "run_after"], name="core_task_due")]

    def __str__(self):
        return f"{self.get_kind_display()} {self.pk}"

    def advance(self, progress: int) -> None:
        """How far the work has come; the runner writes it down with its next sign of life."""
        self.progress = progress
