"""The answers of the questionnaire: its parameters, and what the options weigh."""

from django.http import HttpRequest

from guide.core import query_string
from guide.core.query_values import OneOf, capitalised, unknown
from guide.core.search import Filter, Search
from guide.editorial.practice.vocabulary import QUESTIONS, Answer, Question, question_of

SUBJECTS = {question.name: question.subject for question in QUESTIONS}


def alone(answer: Answer) -> str:
    """An answer that can be read without its question: "Gestion : non, je préfère m'en décharger"."""
    return f"{SUBJECTS[question_of(answer)]}\u00a0: {answer.label}"


def _filter(question: Question) -> Filter:
    return Filter(
        name=question.name,
        label=question.label,
        value=OneOf(
            capitalised((value, answer.label) for value, answer in question.choices),
            unknown(f"Réponse inconnue à «\u00a0{question.label}\u00a0»"),
        ),
        chip=lambda search, value: alone(Answer(f"{question.name}-{value}")),
    )


class QuestionnaireAnswers(Search):
    """What a visitor answered; `is_sent`: the form came back, even empty."""

    parameters = tuple(_filter(question) for question in QUESTIONS)
    wording = query_string.QUESTIONS
    max_pairs = 30
    in_order_given = True
    is_sent = False

    def prepare(self, request: HttpRequest) -> None:
        """An address that is too long is not read a second time."""
        self.is_sent = self.is_valid and any(name in request.GET for name in self.by_name)

    @property
    def codes(self) -> frozenset[str]:
        return frozenset(f"{name}-{given[0]}" for name, given in self.values.items())
