"""The questions of the simulator: which ones the open aids read, and how each is asked."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import NamedTuple

from aids.conditions.declaration import Turn
from aids.conditions.families import Number
from aids.conditions.kinds import ConditionKind as Kind
from aids.conditions.kinds import reading
from aids.rules import AidRule
from aids.vocabulary import TimeState

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
