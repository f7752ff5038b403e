"""The form of the simulator, ready to print: each question with its choices and what was answered."""

from collections import Counter
from collections.abc import Iterable
from typing import NamedTuple

from django.utils.text import capfirst

from aids.conditions.declaration import Outcome
from aids.conditions.families import YES_OR_NO
from aids.conditions.kinds import ConditionKind as Kind
from aids.eligibility import Verdict
from aids.simulator.answers import Answers
from aids.simulator.questions import MORE, STUDIES, Question, kinds_of
from aids.simulator.surroundings import Places
from guide.core.search import Option
from guide.territories.enums import TerritoryKind

MAX_POINTS = 8
UNKNOWN = ("", "Je ne sais pas / passer")


class Field(NamedTuple):
    """One question; `value` is what a field of text, date or number holds, `options` the choices of the others."""

    name: str
    label: str
    hint: str
    control: str
    value: str
    options: list[Option]
    low: int
    high: int
    unit: str


class Refinement(NamedTuple):
    """The further questions of a result, and the answers already given that its form must carry."""

    fields: list[Field]
    points: list[Field]
    hidden: list[tuple[str, str]]


def field(question: Question, answers: Answers) -> Field:
    """A question with its answer. A second profile or mode of the address stays chosen in it alone."""
    value = answers.one(question.name)
    choices = [UNKNOWN, *question.choices] if question.choices else []
    options = [Option(code, label, code == value) for code, label in choices]
    return Field(
        question.name,
        question.label,
        question.hint,
        question.control,
        value,
        options,
        question.low,
        question.high,
        question.unit,
    )


def fields(questions: Iterable[Question], answers: Answers, places: Places) -> list[Field]:
    """The main form."""
    return [_place(question, answers, places) if question.control == "place" else _main(question, answers)
            for question in questions]  # fmt: skip


def _main(question: Question, answers: Answers) -> Field:
    made = field(question, answers)
    return made._replace(value=answers.day.isoformat()) if question.name == "date" else made


def _place(question: Question, answers: Answers, places: Places) -> Field:
    """A field for a commune and a list of departments."""
    chosen = places.chosen
    is_commune = chosen is not None and chosen.kind == TerritoryKind.COMMUNE
    options = [Option("", "Je ne sais pas encore", chosen is None or is_commune)]
    options += [
        Option(row.code, f"{row.name} ({row.code})", not is_commune and row == chosen) for row in places.departments
    ]
    typed = f"{chosen.name} ({chosen.code})" if is_commune else answers.typed
    return field(question, answers)._replace(value=typed, options=options)


def kept(answers: Answers, questions: Iterable[Question]) -> list[tuple[str, str]]:
    """Answers that the main form does not show, and must not lose: further ones, second profiles and modes."""
    shown = {question.name for question in questions} | {"commune", "departement"}
    hidden = []
    for name in answers.names():
        given = answers.values.get(name, [])
        hidden += [(name, value) for value in (given[1:] if name in shown else given)]
    return [pair for pair in hidden if pair[0] not in ("commune", "departement")]


def refinement(answers: Answers, verdicts: Iterable[Verdict], asked: Iterable[Question]) -> Refinement | None:
    """What would settle the verdicts to be checked, most useful first; None when nothing more can be asked."""
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
    return Refinement([field(question, answers) for question in more], points, hidden)


def _lasts_studies(verdict: Verdict) -> bool:
    return any(amount.until_studies_end for case in verdict.possible_cases for amount in case.case.amounts)


def _points(verdicts: list[Verdict]) -> list[Field]:
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
    return [_point(code, texts[code]) for code in ranked]


def _point(code: str, text: str) -> Field:
    options = [Option(*UNKNOWN, True), *(Option(f"{code}.{value}", label, False) for value, label in YES_OR_NO)]
    label = capfirst(text)
    return Field("point", label if label.endswith("?") else f"{label}\u00a0?", "", "select", "", options, 0, 0, "")
