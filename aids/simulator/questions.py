"""The questions of the simulator: which ones the open aids read, what a wrong answer is told, the form ready to print.

A question that a condition reads is named after its kind ("premiere-installation"), so that a new kind of
condition has its question and its parameter at once. `point` answers a free condition: "code.oui" or "code.non".
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any, NamedTuple

from django.utils import timezone
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from aids.conditions.declaration import Turn
from aids.conditions.families import YES_OR_NO, Number
from aids.conditions.kinds import PLACE_KINDS, reading
from aids.conditions.kinds import ConditionKind as Kind
from aids.rules import AidRule
from aids.vocabulary import TimeState
from guide.core.french import long_date
from guide.core.query_string import OneOf, Text, WholeNumber, WrongValue, read_date, shown
from guide.core.search import Option, Parameter
from guide.territories.enums import TerritoryKind

if TYPE_CHECKING:  # answers are read by these questions
    from aids.simulator.answers import Answers, Surroundings

Choices = Sequence[tuple[str, str]]


class Question(NamedTuple):
    """One question: its parameter, its words, its control (select, flag, number, date or place), its choices.

    Without an answer each one is simply not known; `low` and `high` bound a number. `settles` are the kinds of
    conditions that read its answer; `several`: it takes several answers at once.
    """

    name: str
    label: str
    control: str
    hint: str = ""
    choices: Choices = ()
    low: int = 0
    high: int = 0
    settles: frozenset[str] = frozenset()
    several: bool = False


def _of(turn: Turn) -> list[Question]:
    """The questions that the kinds of conditions declare for one turn, in their order."""
    return [_question(kind) for kind in Kind if kind.declaration.question and kind.declaration.turn == turn]


def _question(kind: Kind) -> Question:
    said = kind.declaration
    question = Question(kind.value, said.question, said.control, said.hint, said.choices, settles=reading(said.field))
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
        settles=PLACE_KINDS,
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
ZONING = Question(
    "zonage",
    "Comment votre commune est-elle classée dans le zonage médecin\u00a0?",
    "select",
    hint="Lisez-le sur la carte officielle. Votre réponse ne vaut que pour ce calcul.",
    choices=(("ZIP", "En ZIP (prioritaire)"), ("ZAC", "En ZAC (complémentaire)"), ("HZ", "Hors zonage")),
)
STUDIES = Question("etudes", "Combien de mois d'études vous reste-t-il\u00a0?", "number", high=96)
LEAVING = Question("depart", "Et si je pars après…", "number", high=96)
BY_NAME = {question.name: question for question in (*MAIN, ZONING, *MORE, STUDIES, LEAVING)}
ALWAYS = frozenset({"date"})  # the day decides which aids and zonings hold, whatever the conditions


def asked(rules: Iterable[AidRule], day: date) -> list[Question]:
    """The main questions that at least one aid not closed on `day` reads: at most eight, in their order."""
    read = {c.kind for aid in rules if aid.state_on(day) != TimeState.CLOSED for c in aid.conditions()}
    return [question for question in MAIN if question.name in ALWAYS or question.settles & read]


# --- parameters of addresses ----------------------------------------------------------------------------------

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


class OwnZoning:
    """A level of the doctors' zoning, as the visitor read it; a form may add the commune of which it was said."""

    def read(self, text: str, search: Any) -> str:
        level, _, commune = text.partition(".")
        if level not in dict(ZONING.choices) or not re.fullmatch(r"[0-9AB]{0,5}", commune):
            raise WrongValue(f"{ZONING.label} La réponse «\u00a0{shown(text)}\u00a0» n'existe pas.")
        return level


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
            yield Parameter(name=ZONING.name, value=OwnZoning())
    yield Parameter(name="point", value=Point(), many=True)


PARAMETERS = tuple(_parameters())
WHERE = ("commune", "departement")
OF_PLACE = (*WHERE, ZONING.name)  # answers that hold for one place alone

# --- the form --------------------------------------------------------------------------------------------------------

UNKNOWN = ("", "Je ne sais pas / passer")
_CHOSEN = format_html(" {}", "selected")


def question_field(question: Question, answers: "Answers") -> dict[str, Any]:
    """A question with its answer, as aids/_field.html prints it: `value` is what a field of text, date or number
    holds, `options` the choices of the others. A second profile or mode of the address stays chosen in it alone.
    """
    value = answers.day.isoformat() if question.name == "date" else answers.one(question.name)
    choices = [UNKNOWN, *question.choices] if question.choices else []
    return question._asdict() | {
        "value": value,
        "options": [Option(code, label, code == value) for code, label in choices],
    }


def form_fields(questions: Iterable[Question], answers: "Answers", places: "Surroundings") -> list[dict[str, Any]]:
    """The main form."""
    return [
        _place_field(question, answers, places) if question.control == "place" else question_field(question, answers)
        for question in questions
    ]


def _place_field(question: Question, answers: "Answers", places: "Surroundings") -> dict[str, Any]:
    chosen = places.chosen
    is_commune = chosen is not None and chosen.kind == TerritoryKind.COMMUNE
    options = [Option("", "Je ne sais pas encore", chosen is None or is_commune)]
    options += [
        Option(row.code, f"{row.name} ({row.code})", not is_commune and row == chosen) for row in places.departments
    ]
    typed = f"{chosen.name} ({chosen.code})" if is_commune else answers.typed
    return question_field(question, answers) | {"value": typed, "options": options}


def carried(answers: "Answers", questions: Iterable[Question]) -> list[tuple[str, str]]:
    """Answers that the main form does not show, and must not lose: further ones, second profiles and modes.

    The zoning that the visitor read goes with its commune, because this form may change the commune.
    """
    shown = {question.name for question in questions}
    return [
        (name, f"{value}.{answers.one('commune')}" if name == ZONING.name else value)
        for name in answers.names()
        if name not in WHERE
        for value in answers.values.get(name, [])[1 if name in shown else 0 :]
    ]


def point_field(code: str, label: str, given: str = "") -> dict[str, Any]:
    """A free condition as a question; `given` is the answer so far."""
    choices = [Option(*UNKNOWN, not given)]
    choices += [Option(f"{code}.{value}", words, value == given) for value, words in YES_OR_NO]
    return Question("point", label, "select")._asdict() | {"value": "", "options": choices}


def options(choices: Iterable[Option]) -> SafeString:
    """The options of a select: `{% options field.options %}`.

    Printed in one go: the forms of aids hold more than a hundred options, ten times slower in a template's loop.
    """
    return format_html_join(
        "",
        '<option value="{}"{}>{}{}</option>',
        (
            (value, _CHOSEN if chosen else "", label, f" ({count})" if count else "")
            for value, label, chosen, count in choices
        ),
    )
