"""The content version: changed by writes, by the clock where something was planned, and by midnight."""

from datetime import UTC, datetime

import pytest
import time_machine

from guide.core import content_version
from structures.models import Structure
from tests.factories import StructureFactory

pytestmark = pytest.mark.django_db

MORNING = datetime(2026, 5, 4, 8, tzinfo=UTC)
NOON = datetime(2026, 5, 4, 12, tzinfo=UTC)
AFTERNOON = datetime(2026, 5, 4, 16, tzinfo=UTC)


def test_a_write_raises_it_and_reading_does_not():
    content_version.bump()
    before = content_version.current()
    assert content_version.current() == before
    content_version.bump()
    assert content_version.current() != before


def test_reading_it_asks_one_query(django_assert_num_queries):
    content_version.bump()
    with django_assert_num_queries(1):
        content_version.current()


@pytest.mark.parametrize("field", ["publish_at", "unpublish_at"])
def test_a_planned_publication_or_end_changes_it_on_time_without_a_write(field):
    with time_machine.travel(MORNING, tick=False) as clock:
        StructureFactory(**{field: NOON})
        content_version.bump()
        before, shown = content_version.current(), Structure.objects.live().count()
        clock.move_to(AFTERNOON)
        assert content_version.current() != before
        assert Structure.objects.live().count() != shown


def test_it_stays_the_same_all_day_when_nothing_is_planned():
    with time_machine.travel(MORNING, tick=False) as clock:
        content_version.bump()
        before = content_version.current()
        clock.move_to(AFTERNOON)
        assert content_version.current() == before


def test_midnight_in_the_region_changes_it_because_closures_and_zonings_do():
    with time_machine.travel(datetime(2026, 5, 4, 21, 59, tzinfo=UTC), tick=False) as clock:
        content_version.bump()
        before = content_version.current()
        clock.move_to(datetime(2026, 5, 4, 22, 1, tzinfo=UTC))
        assert content_version.current() != before
