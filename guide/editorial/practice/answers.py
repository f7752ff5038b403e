"""The answers of the questionnaire, read from the address and written back in one form."""

from dataclasses import dataclass

from django.http import HttpRequest
from django.urls import reverse

from guide.core import query_string
from guide.core.query_string import Values, shown
from guide.editorial.practice.vocabulary import QUESTIONS, Answer

MAX_PAIRS = 30
NAMES = tuple(question.name for question in QUESTIONS)
VALUES: dict[str, dict[str, Answer]] = {question.name: dict(question.choices) for question in QUESTIONS}


@dataclass(frozen=True, slots=True)
class Answers:
    """What a visitor answered. `values` are by question; `errors` in French; `is_sent`: the form came back."""

    values: Values
    errors: list[str]
    is_sent: bool

    @property
    def codes(self) -> frozenset[str]:
        """The answers given, as the options weigh them."""
        return frozenset(VALUES[name][given[0]].value for name, given in self.values.items())

    def chosen(self, name: str) -> str:
        """The value given to a question; "" without an answer."""
        return self.values.get(name, [""])[0]

    def address(self, *, without: str = "") -> str:
        """Address of these answers, or of all but one."""
        kept = {name: given for name, given in self.values.items() if name != without}
        return query_string.address(reverse("practice:questionnaire"), query_string.query(kept, NAMES))


def read(request: HttpRequest) -> Answers:
    """Read the address; never raises. A wrong answer is left out, and said."""
    values, errors = query_string.parse(
        request, many=(), one=NAMES, max_pairs=MAX_PAIRS, wording=query_string.QUESTIONS
    )
    labels = {question.name: question.label for question in QUESTIONS}
    for name in list(values):
        if values[name][0] not in VALUES[name]:
            wrong = shown(values.pop(name)[0])
            errors.append(f"Réponse inconnue à «\u00a0{labels[name]}\u00a0»\u00a0: «\u00a0{wrong}\u00a0».")
    return Answers(values, errors, any(name in request.GET for name in NAMES))
