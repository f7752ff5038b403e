"""What of a result goes into a calendar: dated steps, ends of commitments, and the day of the project itself."""

from collections.abc import Iterable
from datetime import date, datetime, time
from typing import NamedTuple

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from aids.catalogue import Contact, Task, current
from aids.eligibility import Verdict
from aids.rules import months_after
from aids.simulator.answers import Answers, find_places
from aids.simulator.result import Simulation, simulate
from aids.sums import timeline
from guide.core.calendar_file import new_calendar, whole_day
from guide.core.french import NBSP
from guide.core.http import public


class DatedEvent(NamedTuple):
    """One day of the calendar; `key` makes its identifier, the same each time the calendar is read again."""

    key: str
    day: date
    title: str
    text: str = ""
    yearly: bool = False


@require_safe
@public
def simulator_calendar(request: HttpRequest) -> HttpResponse:
    """The steps and deadlines of the same answers as a calendar; wrong answers are refused with their reason."""
    answers = Answers.read(request)
    places = find_places(answers, request.content_version)
    if not answers.is_asked:
        reasons = answers.messages or ["Aucune réponse : commencez par le simulateur."]
        return HttpResponse("\n".join(reasons), status=400, content_type="text/plain; charset=utf-8")
    simulation = simulate(answers, places, current(request.content_version))
    file = _calendar_file(simulation, timezone.localdate())
    response = HttpResponse(file, content_type="text/calendar; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="mes-aides.ics"'
    return response


def _calendar_file(simulation: Simulation, today: date) -> bytes:
    calendar = new_calendar("aides", "Mes aides")
    changed = datetime.combine(today, time(), tzinfo=timezone.get_default_timezone())
    for event in _events(simulation, today):
        component = whole_day(event.key, event.day, event.title, changed=changed, text=event.text)
        if event.yearly:
            component.add("rrule", {"freq": "yearly"})
        calendar.add_component(component)
    return calendar.to_ical()


def _events(simulation: Simulation, today: date) -> list[DatedEvent]:
    """The events of a result that are still to come, in the order of days."""
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
    return sorted((event for event in found if event.day >= today), key=lambda event: (event.day, event.key))


def _tasks(simulation: Simulation, verdicts: Iterable[Verdict], today: date) -> list[Task]:
    sheets = [simulation.catalogue.sheets[verdict.aid.code] for verdict in verdicts]
    return [task for sheet in sheets for task in sheet.tasks(simulation.day, today)]


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
