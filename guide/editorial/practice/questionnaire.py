"""The questionnaire: its form, which ways to practise it proposes, and why.

Each answer weighs for or against an option, from -2 to 2; the weights of the answers given are added up. An
option is proposed when more speaks for it than against it.
"""

from collections.abc import Collection, Iterable
from typing import NamedTuple

from django.http import HttpRequest
from django.urls import reverse

from guide.core import query_string
from guide.core.query_string import OneOf, capitalised, unknown
from guide.core.search import Filter, Option, Search
from guide.editorial.enums import QUESTIONS, Answer, Question, question_of
from guide.editorial.models import PracticeOption
from guide.editorial.practice.pages import comparison_of, simulator_address, trail

MAX_PROPOSALS = 3
NO_ANSWER = "Sans réponse"
EMPTY = (
    "Vous n'avez répondu à aucune question\u00a0: rien ne permet de proposer une façon d'exercer plutôt qu'une autre. "
    "Une seule réponse suffit pour commencer."
)
UNDECIDED = (
    "Aucune façon d'exercer ne réunit plus de raisons pour que de raisons contre. "
    "Retirez une réponse, ou comparez toutes les façons d'exercer."
)
HEADINGS = {
    1: "Une façon d'exercer va dans votre sens",
    2: "Deux façons d'exercer vont dans votre sens",
    3: "Trois façons d'exercer vont dans votre sens",
}
SUBJECTS = {question.name: question.subject for question in QUESTIONS}


class Fit(NamedTuple):
    """What one answer says of an option: its weight (-2 to 2, without a unit) and the reason in French."""

    answer: str
    weight: int
    reason: str


class Candidate(NamedTuple):
    """An option as the questionnaire reads it; `position` settles ties, then `slug`, which is unique."""

    slug: str
    position: int
    fits: tuple[Fit, ...]


class Proposal(NamedTuple):
    """An option proposed: what speaks for it and against it, the heaviest first, only from answers given."""

    slug: str
    score: int
    reasons: tuple[Fit, ...]
    against: tuple[Fit, ...]


def propose(answers: Collection[str], options: Iterable[Candidate]) -> list[Proposal]:
    """The options that answer best, three at most, the best first; none without an answer. Pure."""
    found = [
        (proposal, option.position)
        for option in options
        if (proposal := _weigh(option, answers)).score > 0 and proposal.reasons
    ]
    found.sort(key=lambda pair: (-pair[0].score, len(pair[0].against), pair[1], pair[0].slug))
    return [proposal for proposal, _ in found[:MAX_PROPOSALS]]


def _weigh(option: Candidate, answers: Collection[str]) -> Proposal:
    matched = sorted((fit for fit in option.fits if fit.answer in answers), key=lambda fit: (-abs(fit.weight), fit))
    return Proposal(
        option.slug,
        sum(fit.weight for fit in matched),
        tuple(fit for fit in matched if fit.weight > 0),
        tuple(fit for fit in matched if fit.weight < 0),
    )


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


def context(answers: QuestionnaireAnswers) -> dict:
    """What practice/questionnaire.html prints."""
    is_asked = bool(answers.values) and not answers.messages
    cards = _cards(answers) if is_asked else []
    return {
        "breadcrumb": trail("Questionnaire"),
        "page_title": "Quelle façon d'exercer me convient\u00a0?",
        "errors": answers.messages,
        "is_asked": is_asked,
        "explanation": _explanation(answers, is_asked, bool(cards)),
        "fields": [(question, _choices(question, answers)) for question in QUESTIONS],
        "chips": answers.chips,
        "path": answers.path,
        "cards": cards,
        "heading": HEADINGS.get(len(cards), ""),
        "compare": comparison_of([]),
        "compare_these": comparison_of(card["option"].slug for card in cards),
        "list": reverse("practice:list"),
    }


def _cards(answers: QuestionnaireAnswers) -> list[dict]:
    options = {one.slug: one for one in PracticeOption.objects.live().in_order().prefetch_related("fits")}
    return [
        _card(proposal, options[proposal.slug])
        for proposal in propose(answers.codes, map(_candidate, options.values()))
    ]


def _candidate(option: PracticeOption) -> Candidate:
    fits = tuple(Fit(fit.answer, fit.weight, fit.reason) for fit in option.fits.all())
    return Candidate(option.slug, option.position, fits)


def _card(proposal: Proposal, option: PracticeOption) -> dict:
    """One proposal; `simulator` is "" when no aid depends on the option."""
    mode = option.simulator_mode
    return {
        "option": option,
        "reasons": [_reason(fit) for fit in proposal.reasons],
        "against": [_reason(fit) for fit in proposal.against],
        "simulator": simulator_address(mode) if mode else "",
    }


def _reason(fit: Fit) -> tuple[str, str]:
    return alone(Answer(fit.answer)), fit.reason


def _choices(question: Question, answers: QuestionnaireAnswers) -> list[Option]:
    return [*answers.options(question.name), Option("", NO_ANSWER, question.name not in answers.values)]


def _explanation(answers: QuestionnaireAnswers, is_asked: bool, has_cards: bool) -> str:
    """Why nothing is proposed; "" when something is, or when nothing was asked."""
    if answers.messages or has_cards:
        return ""
    if is_asked:
        return UNDECIDED
    return EMPTY if answers.is_sent else ""
