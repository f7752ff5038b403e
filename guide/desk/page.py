"""The page of contacts, ready to print: no query once the directory is in memory."""

from typing import Any

from django.utils.text import capfirst

from aids.vocabulary import Profile
from guide.core.french import plural
from guide.desk.cards import Card, card
from guide.desk.choosing import FARTHEST, choose, first_to_call
from guide.desk.directory import Body
from guide.desk.search import Search, address_of
from guide.desk.vocabulary import Subject


def context(search: Search, bodies: list[Body]) -> dict[str, Any]:
    """Everything that desk/contact.html prints."""
    question = search.question
    chosen = choose(bodies, question)
    first = first_to_call(chosen, question)
    near = [card(body) for far, body in chosen if far < FARTHEST]
    return {
        "breadcrumb": [("Qui appeler", "")],
        "path": address_of({}),
        "canonical": search.address(),
        "title": _title(search),
        "problems": search.problems,
        "chips": _chips(search),
        "fields": _fields(search),
        "commune": search.values.get("commune", ""),
        "place": question.place.name if question.place else "",
        "is_asked": bool(search.values),
        "first": card(first) if first and search.values else None,
        "near": near,
        "far": [card(body) for far, body in chosen if far == FARTHEST],
        "heading": plural(len(chosen), "organisme"),
    }


def preview(bodies: list[Body], search: Search) -> dict[str, Any]:
    """The page with these bodies alone, whatever they serve."""
    cards: list[Card] = [card(body) for body in bodies]
    return {**context(search, []), "near": cards, "place": "aperçu", "heading": plural(len(cards), "organisme")}


def _fields(search: Search) -> list[tuple[str, str, str, list[tuple[str, str, bool]]]]:
    """(name, label, words of no choice, [(value, text, chosen)]) of each select."""
    choices = (
        ("departement", "Où\u00a0?", "Toute la région", search.departments),
        ("profil", "Vous êtes", "Tous les profils", Profile.choices),
        ("sujet", "Pour parler de", "Tous les sujets", Subject.choices),
    )
    return [
        (name, label, none, [(value, capfirst(text), search.values.get(name) == value) for value, text in options])
        for name, label, none, options in choices
    ]


def _chips(search: Search) -> list[tuple[str, str]]:
    words = {
        "departement": dict(search.departments),
        "profil": dict(Profile.choices),
        "sujet": dict(Subject.choices),
    }
    place = search.question.place
    return [
        (capfirst(place.name if name == "commune" and place else words[name][value]), search.address(**{name: ""}))
        for name, value in search.values.items()
    ]


def _title(search: Search) -> str:
    place, subject = search.question.place, search.question.subject
    parts = (
        [f"pour {Subject(subject).label}" if subject in _VERBS else f"sur {Subject(subject).label}"] if subject else []
    )
    return " ".join(["Qui appeler", *parts, f"({place.name})" if place else ""]).strip()


_VERBS = frozenset(
    {Subject.SETTLE, Subject.LOCUM, Subject.COORDINATION, Subject.HAND_OVER, Subject.SALARIED, Subject.PLACEMENT}
)
