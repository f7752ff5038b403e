"""The queue of background work: asked for, claimed, tried again, given up, coming back."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.utils import timezone

from guide.core.background import actions, models
from guide.core.background.models import MONDAY, Later, Moment, NoRetry, Task, TaskKind
from guide.core.tasks import forget_old
from tests.background import NAME, work_off

pytestmark = pytest.mark.django_db
WINTER = datetime(2026, 1, 7, 12, tzinfo=UTC)  # a Wednesday


@pytest.fixture(autouse=True)
def known(monkeypatch) -> dict:
    """Only the kinds of the test are known."""
    monkeypatch.setattr(models, "KINDS", {})
    return models.KINDS


def make(work=lambda task: "fait", name="essai", **values) -> str:
    models.register(TaskKind(name, name.title(), work, **values))
    return name


def fails(task):
    raise OSError("serveur absent")


def test_what_is_asked_is_done_once_and_says_how_it_ended():
    task = actions.enqueue(make())
    assert work_off() == 1
    assert work_off() == 0
    task.refresh_from_db()
    assert (task.state, task.message, task.attempts, task.held_by) == ("done", "fait", 1, "")
    assert task.started_at <= task.finished_at


def test_work_for_later_waits():
    actions.enqueue(make(), run_after=timezone.now() + timedelta(hours=1))
    assert work_off() == 0
    with time_machine.travel(timezone.now() + timedelta(hours=2)):
        assert work_off() == 1


def test_the_same_work_is_asked_for_once_at_a_time():
    make()
    assert actions.enqueue("essai", key="7")
    assert actions.enqueue("essai", key="7") is None
    assert actions.enqueue("essai", key="8")
    actions.claim(NAME)
    assert actions.enqueue("essai", key="7") is None
    work_off()
    actions.finish(Task.objects.get(key="7"), "")
    assert actions.enqueue("essai", key="7")
    assert actions.enqueue("essai")
    assert actions.enqueue("essai")


def test_a_failure_is_tried_again_after_the_pause_and_not_for_ever():
    task = actions.enqueue(make(fails, max_attempts=3, pause=timedelta(minutes=10)))
    now = timezone.now()
    for attempt in range(1, 4):
        with time_machine.travel(now + attempt * timedelta(minutes=11)):
            assert work_off() == 1
        task.refresh_from_db()
        assert task.last_error == "OSError: serveur absent"
        assert (task.state, task.attempts) == ("failed" if attempt == 3 else "waiting", attempt)
    with time_machine.travel(now + timedelta(days=1)):
        assert work_off() == 0


def test_what_would_fail_again_is_tried_once():
    def refuses(task):
        try:
            fails(task)
        except OSError as error:
            raise NoRetry from error

    task = actions.enqueue(make(refuses))
    work_off()
    task.refresh_from_db()
    assert (task.state, task.attempts, task.last_error) == ("failed", 1, "OSError: serveur absent")


def test_work_for_which_somebody_waits_comes_first():
    order = []
    make(lambda task: order.append("nuit") or "", "nuit")
    make(lambda task: order.append("page") or "", "page", urgent=True)
    actions.enqueue("nuit")
    actions.enqueue("page")
    work_off()
    assert order == ["page", "nuit"]


def test_long_work_gives_way_and_goes_on_without_counting_an_attempt():
    order = []

    def long(task):
        order.append("nuit")
        if len(order) == 1:
            actions.enqueue("page")
        return Later("la moitié") if actions.is_urgent_waiting() else "tout"

    make(lambda task: order.append("page") or "", "page", urgent=True)
    task = actions.enqueue(make(long, "nuit"))
    work_off()
    task.refresh_from_db()
    assert order == ["nuit", "page", "nuit"]
    assert (task.state, task.message, task.attempts) == ("done", "tout", 1)


def test_a_kind_that_this_version_does_not_know_is_left_to_others(known):
    task = actions.enqueue(make())
    known.clear()
    assert work_off() == 0
    task.refresh_from_db()
    assert task.state == "waiting"


def test_a_runner_taken_for_dead_that_comes_back_changes_nothing_any_more():
    actions.enqueue(make())
    slow = actions.claim("slow")
    Task.objects.update(seen_at=timezone.now() - actions.SILENT_AFTER * 2)
    actions.take_from_the_dead()
    other = actions.claim("other")
    assert (other.pk, other.attempts) == (slow.pk, 2)
    for late in (
        actions.show_life,
        lambda task: actions.finish(task, "trop tard"),
        lambda task: actions.fail(task, "x"),
    ):
        late(slow)
    actions.release("slow")
    other.refresh_from_db()
    assert (other.state, other.held_by, other.message) == ("running", "other", "")
    assert other.last_error == actions.DIED


def test_work_that_comes_back_stands_in_the_queue_once():
    make(every=Moment(hour=3, minute=30))
    with time_machine.travel(WINTER, tick=False) as clock:
        actions.plan()
        actions.plan()
        task = Task.objects.get()
        assert task.run_after == datetime(2026, 1, 8, 2, 30, tzinfo=UTC)
        clock.shift(timedelta(days=3))  # no runner for three days: done once, late
        assert work_off() == 1
        actions.plan()
        assert [one.run_after.day for one in Task.objects.order_by("run_after")] == [8, 11]


def test_work_that_failed_to_the_end_comes_back_all_the_same():
    make(fails, max_attempts=1, every=Moment(hour=3))
    with time_machine.travel(WINTER, tick=False) as clock:
        actions.plan()
        clock.shift(timedelta(days=1))
        work_off()
        actions.plan()
    assert sorted(Task.objects.values_list("state", flat=True)) == ["failed", "waiting"]


@pytest.mark.parametrize(
    ("moment", "now", "expected"),
    [
        (Moment(3, 30), "2026-01-07T02:29", "2026-01-07T02:30"),
        (Moment(3, 30), "2026-01-07T02:30", "2026-01-08T02:30"),
        (Moment(7, weekday=MONDAY), "2026-01-07T12:00", "2026-01-12T06:00"),
        (Moment(7, weekday=MONDAY), "2026-01-12T05:00", "2026-01-12T06:00"),
        (Moment(7, weekday=MONDAY), "2026-01-12T06:00", "2026-01-19T06:00"),
        (Moment(3, 30), "2026-03-28T12:00", "2026-03-29T01:30"),  # summer time begins that night
        (Moment(2, 30), "2026-03-28T12:00", "2026-03-29T01:30"),  # 2:30 does not exist that night
        (Moment(3, 30), "2026-10-24T12:00", "2026-10-25T02:30"),  # and ends
    ],
)
def test_the_next_moment_in_the_time_of_the_region(moment, now, expected):
    instant = datetime.fromisoformat(now).replace(tzinfo=UTC)
    assert moment.after(instant) == datetime.fromisoformat(expected).replace(tzinfo=UTC)


def test_what_has_been_over_for_a_month_is_forgotten():
    actions.enqueue(make())
    work_off()
    actions.enqueue("essai")
    assert actions.forget_old() == 0
    with time_machine.travel(timezone.now() + actions.KEPT_FOR + timedelta(minutes=1)):
        assert forget_old(None) == "1\u00a0travail oublié"
    assert Task.objects.get().state == "waiting"
