"""A body as a card prints it: what is known of the ways to reach it, and what is not."""

from typing import NamedTuple

from django.utils.text import capfirst

from guide.core.french import date_beside, long_date, typographic
from guide.desk.directory import Body
from structures.contact import Way, ways

EVERYWHERE = "Toute la région"


class ContactCard(NamedTuple):
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


def card(body: Body) -> ContactCard:
    """What is known of a body, and the names of what is not."""
    sheet = body.sheet
    found = [
        *ways(sheet.phone, sheet.email, sheet.website),
        Way("Adresse", sheet.address, "", "lieu"),
        Way("Horaires", typographic(sheet.hours), "", "calendrier"),
    ]
    return ContactCard(
        code=sheet.code,
        name=typographic(sheet.name),
        kind=capfirst(sheet.get_kind_display()),
        area=", ".join(area.name for area in body.areas) or EVERYWHERE,
        summary=typographic(sheet.summary),
        ways=[way for way in found if way.text],
        unknown=", ".join(way.label.lower() for way in found if not way.text),
        source=typographic(sheet.source),
        source_url=sheet.source_url,
        source_date=date_beside(sheet.source, sheet.source_date),
        verified=long_date(sheet.verified_on) if sheet.verified_on else "",
    )
