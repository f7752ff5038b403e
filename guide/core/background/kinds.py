"""The kinds of background work: what does the work, how often it is tried, when it comes again."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from django.utils import timezone

if TYPE_CHECKING:
    from guide.core.background.models import Task

MONDAY = 0


class NoRetry(Exception):
    """The work has failed and would fail again: it is not tried a second time."""


@dataclass(frozen=True, slots=True)
class Later:
    """What a worker returns when it has done a part and wants the rest to wait its turn again."""

    message: str


@dataclass(frozen=True, slots=True)
class Moment:
    """A time of day that comes back every day, or every week on `weekday` (0 is Monday), in local time."""

    hour: int
    minute: int = 0
    weekday: int | None = None

    def after(self, now: datetime) -> datetime:
        """The first one later than `now`, in UTC."""
        local = timezone.localtime(now)
        for days in range(9):
            day = local + timedelta(days=days)
            moment = day.replace(hour=self.hour, minute=self.minute, second=0, microsecond=0).astimezone(UTC)
            if moment > now and self.weekday in (None, day.weekday()):
                return moment
        raise ValueError(f"no such moment: {self}")


@dataclass(frozen=True, slots=True)
class TaskKind:
    """One kind of work. `label` is in French, for the administration.

    `work` returns what it did in words, or `Later`. It may be run twice for one task, should a runner be killed
    between the work and the note that it is done, so that a second run must do no harm. An exception is kept as the
    last error and the work is tried again after `pause`, `max_attempts` times in all; NoRetry ends it at once.
    `every`: the work comes back by itself. `urgent`: somebody waits for it on a page.
    """

    name: str
    label: str
    work: Callable[["Task"], "str | Later"]
    max_attempts: int = 3
    pause: timedelta = timedelta(minutes=10)
    every: Moment | None = None
    urgent: bool = False


KINDS: dict[str, TaskKind] = {}


def register(kind: TaskKind) -> None:
    """Make a kind of work known; every runner then does it."""
    KINDS[kind.name] = kind


def urgent() -> list[str]:
    """Names of the kinds for which somebody waits."""
    return [kind.name for kind in KINDS.values() if kind.urgent]


def choices() -> list[tuple[str, str]]:
    """(name, label) of every kind, in the order of the labels."""
    return sorted(((kind.name, kind.label) for kind in KINDS.values()), key=lambda pair: pair[1])
