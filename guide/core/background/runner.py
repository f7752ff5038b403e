"""A runner: takes one task after the other from the queue, in the main thread of a process.

While it works, a second thread writes a sign of life. A signal to stop is an exception in the main thread: what is
being written is rolled back, and the task goes back to the queue.
"""

import logging
import os
import secrets
import socket
import time
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Event, Thread

from django.db import DatabaseError, InterfaceError, close_old_connections, connection

from guide.core.background import actions, models
from guide.core.background.models import Later, NoRetry, Task

POLL_SECONDS = 1.0
LIFE_SECONDS = 2.0  # between two signs of life, which carry the progress that pages show
UPKEEP_SECONDS = 20.0
logger = logging.getLogger(__name__)


def run(*, until_idle: bool = False) -> None:
    """Work until a signal ends the process, or with `until_idle` until nothing is due; give back what was begun.

    A database that cannot be reached for a while is waited for.
    """
    # No other runner has this name: machine, process, and a word for processes that share a number.
    name = f"{socket.gethostname()[:80]}:{os.getpid()}:{secrets.token_hex(4)}"
    last_upkeep = None
    try:
        while True:
            close_old_connections()
            try:
                if last_upkeep is None or time.monotonic() - last_upkeep > UPKEEP_SECONDS:
                    actions.take_from_the_dead()
                    actions.plan()
                    last_upkeep = time.monotonic()
                if _run_next(name):
                    continue
                if until_idle:
                    return
            except (DatabaseError, InterfaceError):
                logger.exception("background work: the database does not answer")
                connection.close()
            time.sleep(POLL_SECONDS)
    finally:
        connection.close()  # the signal may have come in the middle of a query
        actions.release(name)


def perform(task: Task) -> None:
    """Do the work of a task that this runner holds, and note how it ended."""
    try:
        done = models.KINDS[task.kind].work(task)
    except Exception as error:
        logger.exception("background work: %s", task)
        actions.fail(task, _told(error), retry=not isinstance(error, NoRetry))
        return
    if isinstance(done, Later):
        actions.put_back(task, done.message)
    else:
        actions.finish(task, done)


def _run_next(name: str) -> bool:
    task = actions.claim(name)
    if task is None:
        return False
    with _alive(task):
        perform(task)
    return True


@contextmanager
def _alive(task: Task) -> Iterator[None]:
    """A sign of life every few seconds, from a thread with a connection of its own."""
    over = Event()
    thread = Thread(target=_show_life, args=(task, over), daemon=True)
    thread.start()
    try:
        yield
    finally:
        over.set()
        thread.join()


def _show_life(task: Task, over: Event) -> None:
    try:
        while not over.wait(LIFE_SECONDS):
            try:
                actions.show_life(task)
            except Exception:  # SQLite is held by the very work that is being done; the next sign will pass
                logger.debug("background work: no sign of life of %s", task, exc_info=True)
                connection.close()
    finally:
        connection.close()


def _told(error: Exception) -> str:
    """An error in one line; of NoRetry, what caused it."""
    cause = error.__cause__ if isinstance(error, NoRetry) and error.__cause__ else error
    return f"{type(cause).__name__}: {cause}"[:2000]
