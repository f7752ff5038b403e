"""The questions of the simulator: which ones the open aids read, how each is asked, what a wrong answer is told.

A question that a condition reads is named after its kind ("premiere-installation"), so that a new kind of
condition has its question and its parameter at once. `point` answers a free condition: "code.oui" or "code.non".
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple

from django.utils import timezone

from aids.conditions.declaration import Turn
from aids.conditions.families import Number
from aids.conditions.kinds import ConditionKind as Kind
from aids.conditions.kinds import reading
from aids.rules import AidRule
from aids.vocabulary import TimeState
from guide.core.french import long_date
from guide.core.query_string import OneOf, Text, WholeNumber, WrongValue, read_date, shown
from guide.core.search import Parameter

Choices = Sequence[tuple[str, str]]


class Question(NamedTuple):
    """One question: its parameter, its words, its control (select, flag, number, date or place), its choices.

    Without an answer each one is simply not known; `low` and `high` bound a number. `field` is the answer of the
    situation that it gives, "" for none; `several`: it takes several answers at once.
    """

    name: str
    label: str
    control: str
    hint: str = ""
    choices: Choices = ()
    low: int = 0
    high: int = 0
    field: str = ""
    several: bool = False


def _of(turn: Turn) -> list[Question]:
    """The questions that the kinds of conditions declare for one turn, in their order."""
    return [_question(kind) for kind in Kind if kind.declaration.question and kind.declaration.turn == turn]


def _question(kind: Kind) -> Question:
    said = kind.declaration
    question = Question(kind.value, said.question, said.control, said.hint, said.choices, field=said.field)
    if isinstance(said, Number):
        return question._replace(low=said.low, high=said.high)
    return question._replace(several=said.several)


MAIN = (
    *_of(Turn.WHO),
    Question(
        "lieu",
        "Où\u00a0?",
        "place",
        hint="Une commune ou un code postal\u00a0; à défaut, choisissez seulement le département.",
        field="place",
    ),
    Question(
        "date",
        "À partir de quand\u00a0?",
        "date",
        hint="La réponse vaut pour ce jour-là, avec les zonages et les aides alors en vigueur.",
    ),
    *_of(Turn.THEN),
)
MORE = tuple(sorted(_of(Turn.MORE), key=lambda question: question.several))  # those of several answers last
STUDIES = Question("etudes", "Combien de mois d'études vous reste-t-il\u00a0?", "number", high=96)
LEAVING = Question("depart", "Et si je pars après…", "number", high=96)
BY_NAME = {question.name: question for question in (*MAIN, *MORE, STUDIES, LEAVING)}
ALWAYS = frozenset({"date"})  # the day decides which aids and zonings hold, whatever the conditions


def kinds_of(question: Question) -> set[str]:
    """The kinds of conditions that an answer to `question` settles."""
    return {kind.value for kind in reading(question.field)}


def asked(rules: Iterable[AidRule], day: date) -> list[Question]:
    """The main questions that at least one aid not closed on `day` reads: at most eight, in their order."""
    read = {c.kind.value for aid in rules if aid.state_on(day) != TimeState.CLOSED for c in aid.conditions()}
    return [question for question in MAIN if question.name in ALWAYS or kinds_of(question) & read]


# --- parameters of addresses ------------------------------------------------------------------------------------

FIRST_PROJECT_DAY = date(2017, 1, 1)  # the oldest zoning of doctors that a region may have loaded
FIRST_INSTALLATION_DAY = date(1960, 1, 1)
YEARS_AHEAD = 10
_POINT = re.compile(r"[a-zA-Z0-9_-]{1,60}\.(oui|non)")


@dataclass(frozen=True)
class Day:
    """A day from `first` to ten years ahead, in answer to the question `label`."""

    label: str
    first: date

    def read(self, text: str, search: Any) -> date:
        today = timezone.localdate()
        last = today.replace(year=today.year + YEARS_AHEAD, day=min(today.day, 28))
        day = read_date(text)
        if day is None:
            raise WrongValue(f"{self.label} «\u00a0{shown(text)}\u00a0» n'est pas une date.")
        if not self.first <= day <= last:
            bounds = f"du {long_date(self.first)} au {long_date(last)}"
            raise WrongValue(f"{self.label} Une date {bounds}, s'il vous plaît.")
        return day


class Point:
    """The answer to a free condition."""

    def read(self, text: str, search: Any) -> str:
        if not _POINT.fullmatch(text):
            raise WrongValue(f"Point à vérifier illisible\u00a0: «\u00a0{shown(text)}\u00a0».")
        return text


def _value(question: Question) -> Any:
    if question.control == "number":
        bounds = f"de {question.low} à {question.high}"
        wrong = f"{question.label} Un nombre entier {bounds}, et non «\u00a0{{}}\u00a0»."
        return WholeNumber(question.low, question.high, wrong)
    if question.control == "date":
        return Day(question.label, FIRST_PROJECT_DAY if question.name == "date" else FIRST_INSTALLATION_DAY)
    if question.control == "place":
        return Text()
    return OneOf(question.choices, f"{question.label} La réponse «\u00a0{{}}\u00a0» n'existe pas.")


def _parameters() -> Iterator[Parameter]:
    """In the order of canonical addresses: further questions that take several answers come last."""
    single = [question for question in MORE if not question.several]
    several = [question for question in MORE if question.several]
    for question in (*MAIN, *single, STUDIES, LEAVING, *several):
        yield Parameter(name=question.name, value=_value(question), many=question.several)
        if question.control == "place":
            yield Parameter(name="commune")
            yield Parameter(name="departement")
    yield Parameter(name="point", value=Point(), many=True)


PARAMETERS = tuple(_parameters())
