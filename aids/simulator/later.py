"""What awaits a student or an intern at settling, on the day when the studies end."""

from typing import Any

from aids.conditions.families import YES
from aids.conditions.kinds import ConditionKind as Kind
from aids.rules import months_after
from aids.simulator.answer import best_and_rest, scenario, summary
from aids.simulator.answers import Answers
from aids.simulator.contradictions import STUDENTS
from aids.simulator.questions import OF_PLACE, STUDIES
from aids.simulator.result import Simulation, judge, verdict_row
from aids.vocabulary import Profile
from guide.core.french import long_date

MAX_LATER = 3
# What is said of the person to come, and of the practice that is looked for.
_LASTING = (Kind.SPECIALTY.value, Kind.SECTOR.value, *OF_PLACE)


def at_settling(simulation: Simulation) -> dict[str, Any] | None:
    """The first aids of the doctor that a student will be, for aids/_later.html; None for whoever is no student.

    `when` is "" when the months of studies that are left were not given: the aids are then those of today.
    """
    answers = simulation.answers
    if not STUDENTS.intersection(answers.values.get(Kind.PROFILE, ())):
        return None
    months = answers.number(STUDIES.name)
    day = months_after(answers.day, months) if months else answers.day
    values = {name: given for name, given in answers.values.items() if name in _LASTING}
    values |= {Kind.PROFILE.value: [Profile.GRADUATE.value], Kind.FIRST_INSTALLATION.value: [YES]}
    later = Answers(answers.path, values | {"date": [day.isoformat()]})
    found, _ = judge(later, simulation.places, simulation.catalogue)
    best, _ = best_and_rest(found)
    rows = [verdict_row(found, verdict) for verdict in best[:MAX_LATER]]
    if not rows:
        return None
    return {
        "when": long_date(day) if months else "",
        "sums": summary(found, scenario(found)),
        "rows": rows,
        "address": later.address(),
    }
