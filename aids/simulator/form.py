"""The form of the simulator, ready to print: each question with its choices and what was answered."""

from collections import Counter
from collections.abc import Iterable
from typing import Any

from django.utils.text import capfirst

from aids.conditions.declaration import Outcome
from aids.conditions.families import YES_OR_NO
from aids.conditions.kinds import ConditionKind as Kind
from aids.eligibility import Verdict
from aids.simulator.answers import WHERE, Answers
from aids.simulator.questions import MORE, STUDIES, Question, kinds_of
from aids.simulator.surroundings import Surroundings
from guide.core.search import Option
from guide.territories.enums import TerritoryKind

MAX_POINTS = 8
UNKNOWN = ("", "Je ne sais pas / passer")


def field(question: Question, answers: Answers) -> dict[str, Any]:
    """A question with its answer, as aids/_field.html prints it: `value` is what a field of text, date or number
    holds, `options` the choices of the others. A second profile or mode of the address stays chosen in it alone.
    """
    value = answers.one(question.name)
    choices = [UNKNOWN, *question.choices] if question.choices else []
    return question._asdict() | {
        "value": value,
        "options": [Option(code, label, code == value) for code, label in choices],
    }


def fields(questions: Iterable[Question], answers: Answers, places: Surroundings) -> list[dict[str, Any]]:
    """The main form."""
    return [
        _place(question, answers, places) if question.control == "place" else _main(question, answers)
        for question in questions
    ]


def _main(question: Question, answers: Answers) -> dict[str, Any]:
    made = field(question, answers)
    return made | {"value": answers.day.isoformat()} if question.name == "date" else made


def _place(question: Question, answers: Answers, places: Surroundings) -> dict[str, Any]:
    chosen = places.chosen
    is_commune = chosen is not None and chosen.kind == TerritoryKind.COMMUNE
    options = [Option("", "Je ne sais pas encore", chosen is None or is_commune)]
    options += [
        Option(row.code, f"{row.name} ({row.code})", not is_commune and row == chosen) for row in places.departments
    ]
    typed = f"{chosen.name} ({chosen.code})" if is_commune else answers.typed
    return field(question, answers) | {"value": typed, "options": options}


def carried(answers: Answers, questions: Iterable[Question]) -> list[tuple[str, str]]:
    """Answers that the main form does not show, and must not lose: further ones, second profiles and modes."""
    shown = {question.name for question in questions}
    return [
        (name, value)
        for name in answers.names()
        if name not in WHERE
        for value in answers.values.get(name, [])[1 if name in shown else 0 :]
    ]


def refinement(answers: Answers, verdicts: Iterable[Verdict], asked: Iterable[Question]) -> dict[str, Any] | None:
    """What would settle the verdicts to be checked, most useful first; None when nothing more can be asked.

    `hidden` are the answers already given, which this form must carry.
    """
    verdicts = list(verdicts)
    wanted = Counter(kind.value for verdict in verdicts for kind in verdict.questions)
    main = {question.name for question in asked}
    more = [q for q in MORE if q.name not in main and wanted.keys() & kinds_of(q)]
    if any(_lasts_studies(verdict) for verdict in verdicts) and not answers.one(STUDIES.name):
        more.append(STUDIES)
    points = _points(verdicts)
    if not more and not points:
        return None
    names = {question.name for question in more}
    hidden = [(n, v) for n in answers.names() for v in answers.values.get(n, []) if n not in names]
    return {"fields": [field(question, answers) for question in more], "points": points, "hidden": hidden}


def _lasts_studies(verdict: Verdict) -> bool:
    return any(amount.until_studies_end for case in verdict.possible_cases for amount in case.case.amounts)


def _points(verdicts: list[Verdict]) -> list[dict[str, Any]]:
    """Free conditions that nobody but a person can check, those of most aids first."""
    found: Counter = Counter()
    texts: dict[str, str] = {}
    for verdict in verdicts:
        results = [r for case in verdict.possible_cases for r in case.results] + list(verdict.exclusions)
        for condition in {r.condition for r in results if r.outcome == Outcome.UNKNOWN}:
            if condition.kind == Kind.FREE:
                found[condition.code] += 1
                texts[condition.code] = condition.text
    ranked = sorted(found, key=lambda code: (-found[code], code))[:MAX_POINTS]
    return [_point(code, capfirst(texts[code])) for code in ranked]


def _point(code: str, text: str) -> dict[str, Any]:
    return point(code, text if text.endswith("?") else f"{text}\u00a0?")


def point(code: str, label: str, given: str = "") -> dict[str, Any]:
    """A free condition as a question; `given` is the answer so far."""
    options = [Option(*UNKNOWN, not given)]
    options += [Option(f"{code}.{value}", words, value == given) for value, words in YES_OR_NO]
    return Question("point", label, "select")._asdict() | {"value": "", "options": options}
