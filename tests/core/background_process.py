"""A runner as a process of its own, with kinds of work made for tests. Usage: background_process JOURNAL [option…].

Each run of a task adds a line "kind pk" to the file JOURNAL.
"""

import os
import sys
import time
from pathlib import Path

import django


def kinds_of(journal: Path) -> dict:
    """Work that is done at once, that never ends the first time, that kills its runner, that wants too much."""
    from guide.core.background.models import TaskKind

    def note(task) -> str:
        with journal.open("a") as file:
            file.write(f"{task.kind} {task.pk}\n")
        return "noté"

    def sleep_the_first_time(task) -> str:
        note(task)
        if task.attempts == 1:
            time.sleep(600)
        return "fini"

    def die(task) -> str:
        note(task)
        os._exit(9)

    def fill_the_memory(task) -> str:
        return str(len(bytearray(3 << 30)))

    found = {"note": note, "sleep": sleep_the_first_time, "die": die, "fill": fill_the_memory}
    return {name: TaskKind(name, name, work, max_attempts=2) for name, work in found.items()}


def main(journal: Path, *options: str) -> None:
    """Run `manage.py run_tasks` with the kinds of the tests alone."""
    django.setup()
    from django.core.management import call_command

    from guide.core.background import models

    models.KINDS = kinds_of(journal)
    call_command("run_tasks", *options)


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "tests.settings")
    main(Path(sys.argv[1]), *sys.argv[2:])
