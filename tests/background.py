"""The background work, done at once by this process: a runner beside it would not see the database of a test."""

from guide.core.background import actions, runner
from guide.portal.imports import uploads

NAME = "tests"


def work_off() -> int:
    """Do all that is due; returns how many runs that took."""
    runs = 0
    while task := actions.claim(NAME):
        runner.perform(task)
        runs += 1
    return runs


def without_waiting(monkeypatch) -> None:
    """Uploads are read and written before the page that asks for it answers."""
    launch = uploads.launch

    def launch_and_work(upload, step) -> bool:
        asked = launch(upload, step)
        work_off()
        return asked

    monkeypatch.setattr(uploads, "launch", launch_and_work)
