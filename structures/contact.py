"""Ways to reach somebody, as a page shows them."""

from typing import NamedTuple
from urllib.parse import urlsplit

from guide.core.french import NBSP


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


def phone_text(phone: str) -> str:
    """A French number in pairs with no-break spaces, any other as it is."""
    dialled = digits(phone)
    return NBSP.join(dialled[i : i + 2] for i in range(0, 10, 2)) if _is_french(dialled) else phone


def phone_href(phone: str) -> str:
    """Address of a call (RFC 3966): `tel:+33254065454`; short numbers such as 15 or 3966 stay as they are."""
    dialled = digits(phone)
    return f"tel:+33{dialled[1:]}" if _is_french(dialled) else f"tel:{'+' if phone.startswith('+') else ''}{dialled}"


def site_text(website: str) -> str:
    """Host of a site, without `www.`."""
    return urlsplit(website).netloc.removeprefix("www.") or website


def digits(phone: str) -> str:
    """Its digits alone; +33 is 0."""
    found = "".join(char for char in phone if char in "0123456789")
    return f"0{found[2:]}" if phone.startswith("+33") and len(found) == 11 else found


def _is_french(dialled: str) -> bool:
    return len(dialled) == 10 and dialled.startswith("0")
