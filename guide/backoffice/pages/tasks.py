"""Background work: what waits, what runs, what was done, and what failed."""

from django.contrib import admin

from guide.backoffice.bases.perimeter import PerimeterAdmin
from guide.core.background.models import Task


@admin.register(Task)
class TaskAdmin(PerimeterAdmin):
    """`manage.py run_tasks` writes these rows."""

    read_only, actions = True, None
    list_display = ["kind", "state", "run_after", "started_at", "finished_at", "attempts", "message", "last_error"]
    list_filter = ["state", "kind"]
    search_fields = ["message", "last_error"]
    list_per_page = 50
    fields = [
        "kind", "key", "state", "message", "last_error", "progress", "created_at", "run_after", "started_at",
        "finished_at", "attempts", "max_attempts", "held_by", "seen_at",
    ]  # fmt: skip
