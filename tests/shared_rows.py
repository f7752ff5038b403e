"""Rows that take long to load, loaded once for the tests of a module."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from django.db import transaction

from guide.core.content_version import forget


@contextmanager
def loaded_for_the_module(django_db_blocker, load: Callable[[], object]) -> Iterator:
    """What `load` wrote and gave, in a transaction that is taken back; each test takes back its own changes inside."""
    forget()  # of the tests before: what a module loads comes before what is done for each test
    with django_db_blocker.unblock(), transaction.atomic():
        yield load()
        transaction.set_rollback(True)
