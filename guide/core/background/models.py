"""One piece of background work."""

from django.db import models
from django.db.models import Q

from guide.core.background import kinds
from guide.core.enums import TaskState

ACTIVE = (TaskState.WAITING, TaskState.RUNNING)


class Task(models.Model):
    """One piece of work: asked for, waiting until `run_after`, held by one runner, then done or failed.

    `key` names what it works on: of one kind and key only one task is waiting or running; empty, there may be many.
    `attempts` counts the runs begun. `seen_at` is the last sign of life of the runner that holds it (`held_by`).
    `progress` is in rows, or whatever the kind of work counts.
    """

    kind = models.CharField("travail", max_length=40, choices=kinds.choices)
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
