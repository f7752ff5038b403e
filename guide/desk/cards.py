"""A body as a card prints it: what is known of the ways to reach it, and what is not."""

from typing import NamedTuple

from guide.desk.directory import Body
from guide.desk.vocabulary import BodyKind
from guide.publishing.french import long_date, partial_date, typographic
from structures.contact import phone_href, phone_text, site_text

EVERYWHERE = "Toute la région"


class Way(NamedTuple):
    """One way to reach a body; `href` may be empty, `picto` is the id of a pictogram or empty."""

    label: str
    text: str
    href: str
    picto: str


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
    def phone_href(self) -> str:
        """Address of a call, or ""; the phone is always the first way."""
        return next((way.href for way in self.ways if way.href.startswith("tel:")), "")


def card(body: Body) -> Card:
    """The card of a body."""
    ways = [
        Way("Téléphone", phone_text(body.phone), phone_href(body.phone) if body.phone else "", "telephone"),
        Way("Courriel", body.email, f"mailto:{body.email}", "courriel"),
        Way("Site internet", site_text(body.website), body.website, "site"),
        Way("Adresse", body.address, "", "lieu"),
        Way("Horaires", typographic(body.hours), "", "calendrier"),
    ]
    kind = BodyKind(body.kind).label
    return Card(
        code=body.code,
        name=typographic(body.name),
        kind=f"{kind[:1].upper()}{kind[1:]}",
        area=", ".join(area.name for area in body.areas) or EVERYWHERE,
        summary=typographic(body.summary),
        ways=[way for way in ways if way.text],
        unknown=", ".join(way.label.lower() for way in ways if not way.text),
        source=typographic(body.source),
        source_url=body.source_url,
        source_date=partial_date(body.source_date),
        verified=long_date(body.verified_on) if body.verified_on else "",
    )
