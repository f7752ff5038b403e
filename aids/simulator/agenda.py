"""What to do, by when, and whom to call: the steps of aids, dated from the day of the project. Pure."""

from calendar import monthrange
from collections.abc import Iterable
from datetime import date, timedelta
from typing import NamedTuple

from aids.addresses import page_of
from aids.catalogue import Contact, Sheet, Step
from guide.core.french import long_date


class Task(NamedTuple):
    """One step of one aid, the `rank`th. `day` is None when no source dates it; `when` says it in words."""

    sheet: Sheet
    rank: int
    step: Step
    day: date | None
    when: str

    @property
    def href(self) -> str:
        return page_of(self.sheet.code)

    @property
    def contact(self) -> Contact | None:
        return self.sheet.contacts[0] if self.sheet.contacts else None


def tasks(sheets: Iterable[Sheet], project: date, today: date) -> list[Task]:
    """Every step of these aids, dated ones first, in the order of dates, then of the aids as given."""
    found = [
        _task(sheet, rank, step, project, today) for sheet in sheets for rank, step in enumerate(sheet.steps, start=1)
    ]
    return sorted(found, key=lambda task: (task.day is None, task.day or project))


def first_tasks(sheets: Iterable[Sheet], project: date, today: date) -> list[Task]:
    """The first step of each of these aids, in the order of the aids; none for an aid without steps."""
    return [_task(sheet, 1, sheet.steps[0], project, today) for sheet in sheets if sheet.steps]


def _task(sheet: Sheet, rank: int, step: Step, project: date, today: date) -> Task:
    day = deadline(step, project, today)
    return Task(sheet, rank, step, day, _when(step, day, project, today))


def deadline(step: Step, project: date, today: date) -> date | None:
    """The day of a step: counted from the project, or the next day of a yearly deadline; None without any."""
    if step.offset_days is not None:
        return project + timedelta(days=step.offset_days)
    if step.month is None or step.day is None:
        return None
    days = (_last_sound_day(year, step.month, step.day) for year in (today.year, today.year + 1))
    return next(day for day in days if day >= today)


def _last_sound_day(year: int, month: int, day: int) -> date:
    """That day, or the last one of the month when it does not exist that year."""
    return date(year, month, min(day, monthrange(year, month)[1]))


def _when(step: Step, day: date | None, project: date, today: date) -> str:
    if day is None:
        until = f", avant le {long_date(project)}" if project > today else ""
        return f"dès que possible{until} (date limite non renseignée)"
    if step.month is not None:
        return f"avant le {long_date(day)} (chaque année)"
    if day < today:
        return f"dès maintenant (conseillé à partir du {long_date(day)})"
    return f"vers le {long_date(day)}" if step.offset_days else f"le {long_date(day)}, jour de votre projet"
