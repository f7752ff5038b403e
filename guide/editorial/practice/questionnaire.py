"""The page of the questionnaire: its form, what it proposes, and why; two queries once it is answered."""

from collections import defaultdict
from typing import NamedTuple

from django.urls import reverse
from django.utils.text import capfirst

from aids.vocabulary import ConditionKind
from guide.editorial.models import PracticeFit, PracticeOption
from guide.editorial.practice.addresses import comparison_of, page_of, trail
from guide.editorial.practice.answers import VALUES, Answers
from guide.editorial.practice.matching import Fit, Option, Proposal, propose
from guide.editorial.practice.vocabulary import QUESTIONS, Answer, question_of

NO_ANSWER = "Sans réponse"
EMPTY = (
    "Vous n'avez répondu à aucune question\u00a0: rien ne permet de proposer une façon d'exercer plutôt qu'une autre. "
    "Une seule réponse suffit pour commencer."
)
UNDECIDED = (
    "Aucune façon d'exercer ne réunit plus de raisons pour que de raisons contre. "
    "Retirez une réponse, ou comparez toutes les façons d'exercer."
)
# A question in one or two words, so that an answer can be read without it.
SUBJECTS = {
    "statut": "Statut",
    "equipe": "Équipe",
    "gestion": "Gestion",
    "horaires": "Horaires",
    "engagement": "Durée",
    "lieu": "Lieu",
    "transmettre": "Enseignement ou recherche",
}
HEADINGS = {
    1: "Une façon d'exercer va dans votre sens",
    2: "Deux façons d'exercer vont dans votre sens",
    3: "Trois façons d'exercer vont dans votre sens",
}


class Field(NamedTuple):
    """One question of the form; `options` are (value, label, chosen)."""

    name: str
    label: str
    hint: str
    options: list[tuple[str, str, bool]]


class Card(NamedTuple):
    """One proposal, ready to print; `simulator` is "" when no aid depends on the option."""

    title: str
    href: str
    summary: str
    reasons: list[tuple[str, str]]
    against: list[tuple[str, str]]
    simulator: str


def context(answers: Answers) -> dict:
    """What practice/questionnaire.html prints."""
    is_asked = bool(answers.values) and not answers.errors
    cards = _cards(answers) if is_asked else []
    title = "Quelle façon d'exercer me convient\u00a0?"
    return {
        "breadcrumb": trail("Questionnaire"),
        "page_title": title,
        "errors": answers.errors,
        "is_asked": is_asked,
        "explanation": _explanation(answers, is_asked, bool(cards)),
        "fields": [_field(question, answers) for question in QUESTIONS],
        "chips": [
            (_label(VALUES[name][given[0]]), answers.address(without=name)) for name, given in answers.values.items()
        ],
        "path": reverse("practice:questionnaire"),
        "cards": cards,
        "heading": HEADINGS.get(len(cards), ""),
        "compare": comparison_of([]),
        "compare_these": comparison_of(card.href.rstrip("/").rpartition("/")[2] for card in cards),
        "list": reverse("practice:list"),
    }


def options() -> tuple[list[Option], dict[str, tuple[str, str]]]:
    """The live options with what the answers say of them, and (summary, mode) by slug; two queries."""
    live = PracticeOption.objects.live()
    fits = defaultdict(list)
    for option, *values in PracticeFit.objects.filter(option__in=live).values_list("option", *Fit._fields):
        fits[option].append(Fit(*values))
    found, words = [], {}
    for pk, slug, title, position, summary, mode in live.in_order().values_list(
        "pk", "slug", "title", "position", "summary", "simulator_mode"
    ):
        found.append(Option(slug, title, position, tuple(fits[pk])))
        words[slug] = (summary, mode)
    return found, words


def _cards(answers: Answers) -> list[Card]:
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
    return _label(Answer(fit.answer)), fit.reason


def _label(answer: Answer) -> str:
    """An answer that can be read without its question: "Gestion : non, je préfère m'en décharger"."""
    return f"{SUBJECTS[question_of(answer)]}\u00a0: {answer.label}"


def _field(question, answers: Answers) -> Field:
    chosen = answers.chosen(question.name)
    rows = [(value, capfirst(answer.label), value == chosen) for value, answer in question.choices]
    return Field(question.name, question.label, question.hint, [*rows, ("", NO_ANSWER, not chosen)])


def _explanation(answers: Answers, is_asked: bool, has_cards: bool) -> str:
    """Why nothing is proposed; "" when something is, or when nothing was asked."""
    if answers.errors or has_cards:
        return ""
    if is_asked:
        return UNDECIDED
    return EMPTY if answers.is_sent else ""
