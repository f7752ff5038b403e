"""Ways to reach a structure, as a page shows them."""

from typing import NamedTuple
from urllib.parse import urlsplit

from guide.core.french import NBSP, UNKNOWN
from structures.models import Structure


class Fact(NamedTuple):
    """One line of a list of facts; `href` may be empty."""

    label: str
    text: str
    href: str = ""


class Way(NamedTuple):
    """One way to reach somebody; `href` may be empty, `picto` is the id of a pictogram."""

    label: str
    text: str
    href: str
    picto: str


def ways(phone: str = "", email: str = "", website: str = "") -> list[Way]:
    """The phone, the e-mail and the site, each with an empty text when it is not known."""
    return [
        Way("Téléphone", phone_text(phone), phone_href(phone) if phone else "", "telephone"),
        Way("Courriel", email, f"mailto:{email}" if email else "", "courriel"),
        Way("Site internet", site_text(website), website, "site"),
    ]


def contact_facts(structure: Structure) -> list[Fact]:
    """Phone, e-mail and site; what is not known is said."""
    return [
        Fact(way.label, way.text or UNKNOWN, way.href)
        for way in ways(structure.phone, structure.email, structure.website)
    ]


def phone_text(phone: str) -> str:
    """A French number in pairs with no-break spaces, any other as it is."""
    digits = _digits(phone)
    return NBSP.join(digits[i : i + 2] for i in range(0, 10, 2)) if _is_french(digits) else phone


def phone_href(phone: str) -> str:
    """Address of a call (RFC 3966): `tel:+33254065454`; short numbers such as 15 or 3966 stay as they are."""
    digits = _digits(phone)
    return f"tel:+33{digits[1:]}" if _is_french(digits) else f"tel:{'+' if phone.startswith('+') else ''}{digits}"


def site_text(website: str) -> str:
    """Host of a site, without `www.`."""
    return urlsplit(website).netloc.removeprefix("www.") or website


def _digits(phone: str) -> str:
    digits = "".join(c for c in phone if c in "0123456789")
    return f"0{digits[2:]}" if phone.startswith("+33") and len(digits) == 11 else digits


def _is_french(digits: str) -> bool:
    return len(digits) == 10 and digits.startswith("0")
