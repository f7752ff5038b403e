"""What of a result goes into a calendar: dated steps, ends of commitments, and the day of the project itself."""

from collections.abc import Iterable
from datetime import date, datetime, time
from typing import NamedTuple

from django.utils import timezone

from aids.catalogue import Contact
from aids.eligibility import Verdict
from aids.rules import months_after
from aids.simulator.agenda import Task, tasks
from aids.simulator.result import Simulation
from aids.sums import timeline
from guide.core.calendar_file import new_calendar, whole_day
from guide.core.french import NBSP


class DatedEvent(NamedTuple):
    """One day of the calendar; `key` makes its identifier, the same each time the calendar is read again."""

    key: str
    day: date
    title: str
    text: str = ""
    yearly: bool = False


def calendar_file(simulation: Simulation, today: date) -> bytes:
    """The steps and deadlines of a result, as a calendar file."""
    calendar = new_calendar("aides", "Mes aides")
    changed = datetime.combine(today, time(), tzinfo=timezone.get_default_timezone())
    for event in events(simulation, today):
        component = whole_day(event.key, event.day, event.title, changed=changed, text=event.text)
        if event.yearly:
            component.add("rrule", {"freq": "yearly"})
        calendar.add_component(component)
    return calendar.to_ical()


def events(simulation: Simulation, today: date) -> list[DatedEvent]:
    """The events of a result, in the order of days."""
    sure = _tasks(simulation, simulation.granted, today)
    maybe = _tasks(simulation, simulation.to_check, today)
    found = [_event(task, f"{task.step.title} ({task.sheet.name})") for task in sure if task.day]
    found += [_event(task, f"À vérifier\u00a0: {task.step.title} ({task.sheet.name})") for task in maybe if task.day]
    found += _ends(simulation)
    undated = "\n".join(
        f"{task.sheet.name}\u00a0: {task.step.title}{_call(task.contact)}" for task in sure if not task.day
    )
    text = f"Sans date limite connue, à faire avant :\n{undated}" if undated else ""
    found.append(DatedEvent("projet", simulation.day, "Début de mon projet", text))
    return sorted(found, key=lambda event: (event.day, event.key))


def _tasks(simulation: Simulation, verdicts: Iterable[Verdict], today: date) -> list[Task]:
    return tasks([simulation.catalogue.sheets[v.aid.code] for v in verdicts], simulation.day, today)


def _event(task: Task, title: str) -> DatedEvent:
    text = f"{task.step.text}{_call(task.contact)}".strip()
    return DatedEvent(f"{task.sheet.code}-{task.rank}", task.day, title, text, task.step.month is not None)


def _call(contact: Contact | None) -> str:
    if contact is None:
        return ""
    ways = ", ".join(way for way in (contact.phone, contact.email, contact.url) if way)
    return f" Contact{NBSP}: {contact.name}{f' ({ways})' if ways else ''}."


def _ends(simulation: Simulation) -> list[DatedEvent]:
    """The last day of each commitment of the best set."""
    names = {offer.code: offer.name for offer in simulation.plan.chosen}
    return [
        DatedEvent(
            f"{duty.code}-fin",
            months_after(simulation.day, duty.end),
            f"Fin de l'engagement\u00a0: {names[duty.code]}",
        )
        for duty in timeline(simulation.plan.chosen).duties
        if duty.end
    ]
