"""The page of the questionnaire: its form, what it proposes, and why; two queries once it is answered."""

from collections import defaultdict
from typing import NamedTuple

from django.urls import reverse

from aids.conditions.kinds import ConditionKind
from guide.core.search import Option
from guide.editorial.models import PracticeFit, PracticeOption
from guide.editorial.practice.addresses import comparison_of, page_of, trail
from guide.editorial.practice.answers import QuestionnaireAnswers, alone
from guide.editorial.practice.matching import Candidate, Fit, Proposal, propose
from guide.editorial.practice.vocabulary import QUESTIONS, Answer, Question

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


class Field(NamedTuple):
    """One question of the form."""

    name: str
    label: str
    hint: str
    options: list[Option]


class Card(NamedTuple):
    """One proposal, ready to print; `simulator` is "" when no aid depends on the option."""

    title: str
    href: str
    summary: str
    reasons: list[tuple[str, str]]
    against: list[tuple[str, str]]
    simulator: str


def context(answers: QuestionnaireAnswers) -> dict:
    """What practice/questionnaire.html prints."""
    is_asked = bool(answers.values) and not answers.messages
    cards = _cards(answers) if is_asked else []
    title = "Quelle façon d'exercer me convient\u00a0?"
    return {
        "breadcrumb": trail("Questionnaire"),
        "page_title": title,
        "errors": answers.messages,
        "is_asked": is_asked,
        "explanation": _explanation(answers, is_asked, bool(cards)),
        "fields": [_field(question, answers) for question in QUESTIONS],
        "chips": answers.chips,
        "path": answers.path,
        "cards": cards,
        "heading": HEADINGS.get(len(cards), ""),
        "compare": comparison_of([]),
        "compare_these": comparison_of(card.href.rstrip("/").rpartition("/")[2] for card in cards),
        "list": reverse("practice:list"),
    }


def options() -> tuple[list[Candidate], dict[str, tuple[str, str]]]:
    """The live options with what the answers say of them, and (summary, mode) by slug; two queries."""
    live = PracticeOption.objects.live()
    fits = defaultdict(list)
    for option, *values in PracticeFit.objects.filter(option__in=live).values_list("option", *Fit._fields):
        fits[option].append(Fit(*values))
    found, words = [], {}
    for pk, slug, title, position, summary, mode in live.in_order().values_list(
        "pk", "slug", "title", "position", "summary", "simulator_mode"
    ):
        found.append(Candidate(slug, title, position, tuple(fits[pk])))
        words[slug] = (summary, mode)
    return found, words


def _cards(answers: QuestionnaireAnswers) -> list[Card]:
    found, words = options()
    return [_card(proposal, *words[proposal.slug]) for proposal in propose(answers.codes, found)]


def _card(proposal: Proposal, summary: str, mode: str) -> Card:
    simulator = f"{reverse('aids:simulator')}?{ConditionKind.MODE.value}={mode}" if mode else ""
    return Card(
        proposal.title,
        page_of(proposal.slug),
        summary,
        [_reason(fit) for fit in proposal.reasons],
        [_reason(fit) for fit in proposal.against],
        simulator,
    )


def _reason(fit: Fit) -> tuple[str, str]:
    """(the answer in the visitor's words, the reason)."""
    return alone(Answer(fit.answer)), fit.reason


def _field(question: Question, answers: QuestionnaireAnswers) -> Field:
    nothing = Option("", NO_ANSWER, question.name not in answers.values)
    return Field(question.name, question.label, question.hint, [*answers.options(question.name), nothing])


def _explanation(answers: QuestionnaireAnswers, is_asked: bool, has_cards: bool) -> str:
    """Why nothing is proposed; "" when something is, or when nothing was asked."""
    if answers.messages or has_cards:
        return ""
    if is_asked:
        return UNDECIDED
    return EMPTY if answers.is_sent else ""
