"""The page of contacts, ready to print."""

from typing import Any

from guide.core.french import plural
from guide.desk.cards import ContactCard, card
from guide.desk.choosing import FARTHEST, choose, first_to_call
from guide.desk.directory import Body
from guide.desk.search import FILTERS, ContactSearch
from guide.desk.vocabulary import Subject

# Subjects that follow « pour »; the others follow « sur ».
VERBS = frozenset(
    {Subject.SETTLE, Subject.LOCUM, Subject.COORDINATION, Subject.HAND_OVER, Subject.SALARIED, Subject.PLACEMENT}
)


def context(search: ContactSearch, bodies: list[Body]) -> dict[str, Any]:
    """Everything that desk/contact.html prints."""
    question = search.question
    chosen = choose(bodies, question)
    first = first_to_call(chosen, question)
    return {
        "breadcrumb": [("Qui appeler", "")],
        "path": search.path,
        "canonical": search.address(),
        "title": _title(search),
        "problems": search.messages,
        "chips": search.chips,
        "fields": [(one, search.options(one.name)) for one in FILTERS if one.label],
        "place": question.place.name if question.place else "",
        "first": card(first) if first and search.values else None,
        "near": [card(body) for far, body in chosen if far < FARTHEST],
        "far": [card(body) for far, body in chosen if far == FARTHEST],
        "heading": plural(len(chosen), "organisme"),
    }


def preview(bodies: list[Body], search: ContactSearch) -> dict[str, Any]:
    """The page with these bodies alone, whatever they serve."""
    cards: list[ContactCard] = [card(body) for body in bodies]
    return {**context(search, []), "near": cards, "place": "aperçu", "heading": plural(len(cards), "organisme")}


def _title(search: ContactSearch) -> str:
    place, subject = search.question.place, search.question.subject
    about = f"{'pour' if subject in VERBS else 'sur'} {Subject(subject).label}" if subject else ""
    return " ".join(part for part in ("Qui appeler", about, f"({place.name})" if place else "") if part)
