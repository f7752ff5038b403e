"""A body as a card prints it: what is known of the ways to reach it, and what is not."""

from typing import NamedTuple

from django.utils.text import capfirst

from guide.core.french import date_beside, long_date, typographic
from guide.desk.directory import Body
from guide.desk.vocabulary import BodyKind
from structures.contact import Way, ways

EVERYWHERE = "Toute la région"


class Card(NamedTuple):
    """Inputs of desk/_card.html."""

    code: str
    name: str
    kind: str
    area: str
    summary: str
    ways: list[Way]
    unknown: str
    source: str
    source_url: str
    source_date: str
    verified: str

    @property
    def role(self) -> str:
        """What the body is, and where."""
        return f"{self.kind} · {self.area}"

    @property
    def note(self) -> str:
        """What is not known, and when the rest was verified, in short."""
        verified = f"Vérifié le {self.verified}." if self.verified else "Date de vérification\u00a0: non renseignée."
        return f"Non renseigné\u00a0: {self.unknown}. {verified}" if self.unknown else verified

    @property
    def phone_href(self) -> str:
        """Address of a call, or ""; the phone is always the first way."""
        return next((way.href for way in self.ways if way.href.startswith("tel:")), "")


def card(body: Body) -> Card:
    """The card of a body."""
    found = [
        *ways(body.phone, body.email, body.website),
        Way("Adresse", body.address, "", "lieu"),
        Way("Horaires", typographic(body.hours), "", "calendrier"),
    ]
    kind = BodyKind(body.kind).label
    return Card(
        code=body.code,
        name=typographic(body.name),
        kind=capfirst(kind),
        area=", ".join(area.name for area in body.areas) or EVERYWHERE,
        summary=typographic(body.summary),
        ways=[way for way in found if way.text],
        unknown=", ".join(way.label.lower() for way in found if not way.text),
        source=typographic(body.source),
        source_url=body.source_url,
        source_date=date_beside(body.source, body.source_date),
        verified=long_date(body.verified_on) if body.verified_on else "",
    )
