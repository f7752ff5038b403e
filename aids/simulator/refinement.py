"""What is asked beside a result: the questions that would settle most of what is still to be checked."""

from collections import Counter
from collections.abc import Iterable
from typing import Any

from django.utils.text import capfirst

from aids.conditions.declaration import Outcome
from aids.conditions.kinds import ConditionKind as Kind
from aids.eligibility import Verdict
from aids.simulator.answers import Answers, Surroundings
from aids.simulator.questions import ALWAYS, MORE, STUDIES, WHERE, ZONING, Question, form_fields, point_field

MAX_FIRST = 2
MAX_POINTS = 8


def refinement(
    answers: Answers,
    places: Surroundings,
    verdicts: Iterable[Verdict],
    asked: Iterable[Question],
    *,
    zoning: bool = False,
) -> dict[str, Any] | None:
    """What would settle the verdicts to be checked, most useful first; None when nothing more can be asked.

    `first` are asked at once, `fields` and `points` on demand; `zoning`: that of the commune is asked before all.
    `hidden` are the answers already given, which this form must carry.
    """
    verdicts = list(verdicts)
    known = {ZONING.name} | {question.name for question in asked if answers.one(question.name)}
    known |= {"lieu"} if answers.one("commune") else set()
    useful = [(_settled(q, verdicts), q) for q in (*asked, *MORE) if q.name not in known and q.name not in ALWAYS]
    if not answers.one(STUDIES.name):
        useful.append((sum(map(lasts_studies, verdicts)), STUDIES))
    # Whoever gave a department has said where; the commune can be told further on.
    useful.sort(key=lambda one: (one[1].control == "place" and bool(answers.one("departement")), -one[0]))
    ranked = [question for count, question in useful if count]
    ranked = [ZONING, *ranked] if zoning else ranked
    points = _points(verdicts)
    if not ranked and not points:
        return None
    names = {question.name for question in ranked}
    names |= set(WHERE) if "lieu" in names else set()
    fields = form_fields(ranked, answers, places)
    return {
        "first": fields[:MAX_FIRST],
        "fields": fields[MAX_FIRST:],
        "points": points,
        "hidden": answers.pairs(without=names),
    }


def _settled(question: Question, verdicts: Iterable[Verdict]) -> int:
    return sum(bool(question.settles.intersection(verdict.questions)) for verdict in verdicts)


def lasts_studies(verdict: Verdict) -> bool:
    """Whether its sum depends on how long the studies still last."""
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
    labels = {code: capfirst(texts[code]) for code in ranked}
    return [point_field(code, text if text.endswith("?") else f"{text}\u00a0?") for code, text in labels.items()]
