"""What is wrong with the answers, in French: values that no question offers, answers that contradict each other."""

import re
from collections.abc import Callable, Mapping, Sequence
from datetime import date

from aids.simulator.questions import BY_NAME, LEAVING, STUDIES, Question
from aids.vocabulary import ConditionKind as Kind
from aids.vocabulary import Mode, Profile, Sector
from guide.core.french import long_date
from guide.core.query_string import Values, shown

MAX_MESSAGES = 3
FIRST_PROJECT_DAY = date(2017, 1, 1)  # the oldest zoning of doctors that a region may have loaded
FIRST_INSTALLATION_DAY = date(1960, 1, 1)
YEARS_AHEAD = 10
_POINT = re.compile(r"[a-zA-Z0-9_-]{1,60}\.(oui|non)")
STUDENTS = frozenset(
    {Profile.FIRST_CYCLE, Profile.SECOND_CYCLE, Profile.INTERN, Profile.JUNIOR_DOCTOR, Profile.LOCUM_STUDENT}
)
# Those whose day of installation is behind them, whatever the day of their new project.
SETTLED = frozenset({Profile.SETTLED_HERE, Profile.LEAVING, Profile.RETIRED, Profile.TRAINER})


def wrong(values: Values, today: date) -> list[str]:
    """One message for each value that is not an answer to its question; wrong ones are taken out of `values`."""
    messages: list[str] = []
    for name in list(values):
        found = [message for value in values[name] if (message := _problem(name, value, today))]
        if found:
            messages += found[:MAX_MESSAGES]
            del values[name]
    return messages


def _problem(name: str, value: str, today: date) -> str:
    if name == "point":
        return "" if _POINT.fullmatch(value) else f"Point à vérifier illisible\u00a0: «\u00a0{shown(value)}\u00a0»."
    question = BY_NAME.get(name)
    return _CONTROLS[question.control](question, value, today) if question else ""


def _choice(question: Question, value: str, today: date) -> str:
    known = value in dict(question.choices)
    return "" if known else f"{question.label} La réponse «\u00a0{shown(value)}\u00a0» n'existe pas."


def _number(question: Question, value: str, today: date) -> str:
    if re.fullmatch(r"[0-9]{1,4}", value) and question.low <= int(value) <= question.high:
        return ""
    return (
        f"{question.label} Un nombre entier de {question.low} à {question.high}, et non «\u00a0{shown(value)}\u00a0»."
    )


def _date(question: Question, value: str, today: date) -> str:
    first = FIRST_PROJECT_DAY if question.name == "date" else FIRST_INSTALLATION_DAY
    last = today.replace(year=today.year + YEARS_AHEAD, day=min(today.day, 28))
    try:
        day = date.fromisoformat(value) if re.fullmatch(r"\d{4}-\d{2}-\d{2}", value) else None
    except ValueError:
        day = None
    if day is None:
        return f"{question.label} «\u00a0{shown(value)}\u00a0» n'est pas une date."
    if not first <= day <= last:
        return f"{question.label} Une date du {long_date(first)} au {long_date(last)}, s'il vous plaît."
    return ""


_CONTROLS: Mapping[str, Callable[[Question, str, date], str]] = {
    "select": _choice,
    "flag": _choice,
    "number": _number,
    "date": _date,
    "place": lambda question, value, today: "",
}
NUMBER_NAMES = frozenset(
    {Kind.HALF_DAYS.value, Kind.EMPLOYEES.value, Kind.AGE.value, STUDIES.name, LEAVING.name}
)  # read as whole numbers


def contradictions(values: Mapping[str, Sequence[str]]) -> list[str]:
    """Answers that cannot all be true. They are shown, and the result is still given as they stand."""
    profiles, first = set(values.get(Kind.PROFILE, ())), values.get(Kind.FIRST_INSTALLATION, [""])[0]
    modes, sector = set(values.get(Kind.MODE, ())), values.get(Kind.SECTOR, [""])[0]
    found = []
    if first == "oui" and profiles & {Profile.SETTLED_HERE, Profile.SETTLED_ELSEWHERE}:
        found.append(
            "Vous êtes déjà installé et vous parlez d'une première installation\u00a0: l'une des deux est fausse."
        )
    if len(profiles & STUDENTS) and profiles & {Profile.SETTLED_HERE, Profile.SETTLED_ELSEWHERE, Profile.RETIRED}:
        found.append("Vous vous dites à la fois en études et déjà installé ou retraité.")
    if profiles & STUDENTS and Mode.AFTER_RETIREMENT in modes:
        found.append("Le cumul emploi-retraite demande une retraite déjà prise\u00a0; vous vous dites en études.")
    if sector and sector != Sector.NONE and modes and modes <= {Mode.SALARIED, Mode.HOSPITAL, Mode.HEALTH_CENTRE}:
        found.append("Le secteur conventionnel ne concerne que l'exercice libéral\u00a0; votre exercice est salarié.")
    if values.get("commune") and values.get("departement"):
        found.append("Vous donnez une commune et un département\u00a0: la commune seule est retenue.")
    return found
