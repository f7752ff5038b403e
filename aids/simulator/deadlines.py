"""What of a result goes into a calendar: dated steps, ends of commitments, and the day of the project itself."""

from collections.abc import Iterable
from datetime import date

from aids.catalogue import Contact
from aids.eligibility import Verdict
from aids.simulator.agenda import Task, tasks
from aids.simulator.calendar import Event
from aids.simulator.result import Simulation
from aids.timeline import timeline
from guide.core.french import NBSP

YEAR = 12


def events(simulation: Simulation, today: date) -> list[Event]:
    """The events of a result, in the order of days."""
    sure = _tasks(simulation, simulation.granted, today)
    maybe = _tasks(simulation, simulation.to_check, today)
    found = [_event(task, f"{task.title} ({task.aid})") for task in sure if task.day]
    found += [_event(task, f"À vérifier\u00a0: {task.title} ({task.aid})") for task in maybe if task.day]
    found += _ends(simulation)
    undated = "\n".join(f"{task.aid}\u00a0: {task.title}{_call(task.contact)}" for task in sure if not task.day)
    text = f"Sans date limite connue, à faire avant :\n{undated}" if undated else ""
    found.append(Event("projet", simulation.day, "Début de mon projet", text))
    return sorted(found, key=lambda event: (event.day, event.key))


def _tasks(simulation: Simulation, verdicts: Iterable[Verdict], today: date) -> list[Task]:
    return tasks([simulation.sheets[v.aid.code] for v in verdicts], simulation.day, today)


def _event(task: Task, title: str) -> Event:
    text = f"{task.text}{_call(task.contact)}".strip()
    return Event(f"{task.code}-{task.rank}", task.day, title, text, task.yearly)


def _call(contact: Contact | None) -> str:
    if contact is None:
        return ""
    ways = ", ".join(way for way in (contact.phone, contact.email, contact.url) if way)
    return f" Contact{NBSP}: {contact.name}{f' ({ways})' if ways else ''}."


def _ends(simulation: Simulation) -> list[Event]:
    """The last day of each commitment of the best set."""
    names = {offer.code: offer.name for offer in simulation.plan.chosen}
    return [
        Event(f"{duty.code}-fin", _after(simulation.day, duty.end), f"Fin de l'engagement\u00a0: {names[duty.code]}")
        for duty in timeline(simulation.plan.chosen).duties
        if duty.end
    ]


def _after(day: date, months: int) -> date:
    index = day.year * YEAR + day.month - 1 + months
    return date(index // YEAR, index % YEAR + 1, min(day.day, 28))
