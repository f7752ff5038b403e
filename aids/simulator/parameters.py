"""The parameters of the simulator, one for each question, and what is said of a wrong answer.

A question that a condition reads is named after its kind ("premiere-installation"), so that a new kind of
condition has its parameter at once. `point` answers a free condition: "code.oui" or "code.non".
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils import timezone

from aids.simulator.questions import LEAVING, MAIN, MORE, STUDIES, Question
from guide.core.french import long_date
from guide.core.query_string import shown
from guide.core.query_values import OneOf, Text, WholeNumber, WrongValue, read_date
from guide.core.search import Parameter

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
