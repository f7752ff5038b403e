"""Runners as they are: processes that share one database, are stopped, killed, and begun again."""

import os
import signal
import sqlite3
import subprocess
import sys
import time
from collections import Counter
from datetime import timedelta
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection, connections
from django.utils import timezone

from guide.core.background import actions, models, runner
from guide.core.background.models import Task
from tests.core.background_process import kinds_of

pytestmark = pytest.mark.django_db(transaction=True)
PATIENCE = 60  # seconds; the machine may be busy


@pytest.fixture
def database(tmp_path):
    """DATABASE_URL of the database of the test as other processes reach it: on SQLite, a copy in a file."""
    if connection.vendor != "sqlite":
        about = connection.settings_dict
        yield f"postgres://{about['USER']}@/{about['HOST']}/{about['NAME']}"
        return
    path = tmp_path / "test.sqlite3"
    with sqlite3.connect(path) as copy:
        connection.ensure_connection()
        connection.connection.backup(copy)
    copy.close()
    yield f"sqlite:///{path}"


@pytest.fixture
def shared(database, monkeypatch):
    """This process on that same database."""
    if connection.vendor == "sqlite":
        wrapper = connections["default"]
        in_memory = wrapper.connection
        monkeypatch.setitem(wrapper.settings_dict, "NAME", database.removeprefix("sqlite:///"))
        wrapper.connection = None
        yield
        wrapper.close()
        wrapper.connection = in_memory
    else:
        yield


@pytest.fixture
def journal(tmp_path) -> Path:
    return tmp_path / "journal"


@pytest.fixture
def begin(database, shared, journal, monkeypatch):
    """Begins a runner; those that are left at the end are killed."""
    monkeypatch.setattr(models, "KINDS", kinds_of(journal))
    begun = []
    command = [sys.executable, "-m", "tests.core.background_process", str(journal)]

    def begin(*options: str, before=()) -> subprocess.Popen:
        environment = {**os.environ, "DATABASE_URL": database, "DJANGO_SETTINGS_MODULE": "tests.settings"}
        begun.append(subprocess.Popen([*before, *command, *options], cwd=settings.BASE_DIR, env=environment))
        return begun[-1]

    yield begin
    for process in begun:
        process.kill()
        process.wait()


def until(condition) -> None:
    """Wait until the condition holds."""
    end = time.monotonic() + PATIENCE
    while not condition():
        assert time.monotonic() < end, "waited in vain"
        time.sleep(0.05)


def runs(journal: Path) -> Counter:
    return Counter(journal.read_text().split("\n")[:-1] if journal.exists() else [])


def state_of(task: Task) -> tuple[str, int]:
    task.refresh_from_db()
    return task.state, task.attempts


def a_minute_passes() -> None:
    Task.objects.filter(seen_at__isnull=False).update(seen_at=timezone.now() - actions.SILENT_AFTER * 2)


def test_several_runners_do_each_task_once(begin, journal):
    tasks = [actions.enqueue("note") for _ in range(80)]
    processes = [begin("--until-idle") for _ in range(2)]
    until(lambda: runs(journal))
    runner.run(until_idle=True)
    assert [process.wait(PATIENCE) for process in processes] == [0, 0]
    assert runs(journal) == {f"note {task.pk}": 1 for task in tasks}
    assert set(Task.objects.values_list("state", "attempts")) == {("done", 1)}


def test_the_work_of_a_killed_runner_is_done_by_another(begin, journal):
    task = actions.enqueue("sleep")
    killed = begin()
    until(lambda: runs(journal))
    a_minute_passes()
    until(lambda: timezone.now() - Task.objects.get(pk=task.pk).seen_at < timedelta(minutes=1))
    runner.run(until_idle=True)
    assert state_of(task) == ("running", 1)  # it shows that it is alive
    killed.kill()
    killed.wait()
    a_minute_passes()
    runner.run(until_idle=True)
    assert state_of(task) == ("done", 2)
    assert runs(journal) == {f"sleep {task.pk}": 2}


def test_work_that_kills_its_runners_is_given_up(begin, journal):
    task = actions.enqueue("die")
    for _ in range(2):
        assert begin("--until-idle").wait(PATIENCE) == 9
        a_minute_passes()
    runner.run(until_idle=True)
    assert state_of(task) == ("failed", 2)
    assert task.last_error == actions.DIED
    assert runs(journal) == {f"die {task.pk}": 2}


def test_work_that_fills_the_memory_fails_and_the_runner_goes_on(begin, journal):
    greedy, other = actions.enqueue("fill"), actions.enqueue("note")
    assert begin("--until-idle").wait(PATIENCE) == 0
    assert state_of(greedy) == ("waiting", 1)
    assert greedy.last_error.startswith("MemoryError")
    assert state_of(other) == ("done", 1)


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_a_runner_that_is_asked_to_stop_gives_back_what_it_does(begin, journal, number):
    task = actions.enqueue("sleep")
    stopped = begin()
    until(lambda: runs(journal))
    stopped.send_signal(number)
    assert stopped.wait(PATIENCE) == 0
    assert state_of(task) == ("waiting", 0)
    assert (task.held_by, task.seen_at) == ("", None)


def test_a_runner_ends_when_the_server_beside_it_ends_even_in_the_middle_of_its_work(begin, journal):
    task = actions.enqueue("sleep")
    server = begin(before=["sh", "-c", '"$@" --beside $$ & exec sleep 600', "sh"])
    until(lambda: runs(journal))
    server.kill()
    server.wait()
    until(lambda: state_of(task) == ("waiting", 0))
