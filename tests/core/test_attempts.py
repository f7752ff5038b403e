"""Limits that hold for all the workers of the server together: the count is in the database, not in a process."""

from datetime import timedelta

import pytest
import time_machine
from django.core.cache import cache
from django.utils import timezone

from guide.core import attempts
from guide.core.models import AttemptCount

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)


def test_another_process_with_an_empty_cache_counts_on():
    assert [attempts.count("a", HOUR) for _ in range(2)] == [1, 2]
    cache.clear()
    assert attempts.count("a", HOUR) == 3
    assert (attempts.made("a"), attempts.made("b")) == (3, 0)


def test_the_delay_runs_from_the_first_attempt_and_what_is_over_goes():
    start = timezone.now()
    with time_machine.travel(start, tick=False) as clock:
        attempts.count("a", HOUR)
        clock.shift(timedelta(minutes=59))
        assert attempts.count("a", HOUR) == 2
        clock.shift(timedelta(minutes=1))
        assert attempts.made("a") == 0
        assert attempts.count("b", HOUR) == 1
    assert AttemptCount.objects.get().key == "b"
