"""A body as a card prints it: what is known of the ways to reach it, and what is not."""

from typing import NamedTuple

from django.utils.text import capfirst

from guide.core.french import date_beside, long_date, typographic
from guide.desk.directory import Body
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
