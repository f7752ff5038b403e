"""The page of contacts, ready to print, and the cards that it shares with the pages of others."""

from typing import Any, NamedTuple

from django.http import HttpRequest, HttpResponse
from django.utils.text import capfirst
from django.views.decorators.http import require_safe

from guide.core.french import addressed, date_beside, long_date, named, plural, typographic
from guide.core.http import page_or_fragment, public
from guide.desk.choosing import FARTHEST, Body, choose, current, first_to_call
from guide.desk.search import FILTERS, ContactSearch
from guide.desk.vocabulary import Subject
from structures.contact import Way, ways

EVERYWHERE = "Toute la région"
NOT_VERIFIED = "Date de vérification\u00a0: non renseignée."


class ContactCard(NamedTuple):
    """Inputs of desk/_card.html: `role` says what the body is, and where; `note` what is not known of it, and when the
    rest was verified."""

    code: str
    name: str
    role: str
    summary: str
    ways: list[Way]
    note: str
    source: str
    source_url: str
    source_date: str

    @property
    def phone_href(self) -> str:
        """Address of a call, or ""; the phone is always the first way."""
        return next((way.href for way in self.ways if way.href.startswith("tel:")), "")


def card(body: Body) -> ContactCard:
    """What is known of a body, and the names of what is not."""
    sheet = body.sheet
    found = [
        *ways(sheet.phone, sheet.email, sheet.website),
        Way("Adresse", sheet.address, "", "lieu"),
        Way("Horaires", typographic(sheet.hours), "", "calendrier"),
    ]
    area = ", ".join(area.name for area in body.areas) or EVERYWHERE
    missing = ", ".join(way.label.lower() for way in found if not way.text)
    verified = f"Vérifié le {long_date(sheet.verified_on)}." if sheet.verified_on else NOT_VERIFIED
    return ContactCard(
        code=sheet.code,
        name=typographic(sheet.name),
        role=f"{capfirst(sheet.get_kind_display())} · {area}",
        summary=typographic(sheet.summary),
        ways=[way for way in found if way.text],
        note=f"Non renseigné\u00a0: {missing}. {verified}" if missing else verified,
        source=typographic(sheet.source),
        source_url=sheet.source_url,
        source_date=date_beside(sheet.source, sheet.source_date),
    )


# Subjects that follow « pour »; the others follow « sur ».
VERBS = frozenset(
    {Subject.SETTLE, Subject.LOCUM, Subject.COORDINATION, Subject.HAND_OVER, Subject.SALARIED, Subject.PLACEMENT}
)


@require_safe
@public
def contact(request: HttpRequest) -> HttpResponse:
    """Whom to call, or only the answer when htmx asks for it (never when it restores its history)."""
    search = ContactSearch.read(request)
    shown = context(search, current(request.content_version))
    return page_or_fragment(request, "desk/contact.html", "desk/_results.html", shown, search.address())


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
        "first_named": named(first.sheet.name) if first else "",
        "first_addressed": addressed(first.sheet.name) if first else "",
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
