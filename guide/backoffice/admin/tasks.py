"""Background work: what waits, what runs, what was done, and what failed."""

from django.contrib import admin

from guide.backoffice.admin.bases import ReadOnlyAdmin
from guide.core.background.models import Task


@admin.register(Task)
class TaskAdmin(ReadOnlyAdmin):
    """`manage.py run_tasks` writes these rows."""

    list_display = ["kind", "state", "run_after", "started_at", "finished_at", "attempts", "message", "last_error"]
    list_filter = ["state", "kind"]
    search_fields = ["message", "last_error"]
    list_per_page = 50
    fields = [
        "kind", "key", "state", "message", "last_error", "progress", "created_at", "run_after", "started_at",
        "finished_at", "attempts", "max_attempts", "held_by", "seen_at",
    ]  # fmt: skip
