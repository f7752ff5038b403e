"""What keeps machines away from the form, without a picture puzzle: a trap, a clock, a count, no links.

None of it needs JavaScript or a third party, and a person who trips on one is told what to do.
"""

import hashlib
import re
from datetime import timedelta

from django.core import signing

from guide.core import attempts

SHORTEST = 5  # seconds; nobody fills the form faster
LONGEST = 24 * 3600  # seconds; after a day the page is asked again
PER_HOUR = 5  # offers from one address
PERIOD = timedelta(hours=1)
_SALT = "guide.testimonial.form"
_LINK = re.compile(
    r"https?:|www\.|</?[a-z]|\[/?(?:url|link)|\b[\w-]+\.(?:com|fr|net|org|info|io|eu|ru|cn|biz|xyz|shop|top)\b",
    re.IGNORECASE,
)


def stamp() -> str:
    """The moment at which the form was given, signed."""
    return signing.TimestampSigner(salt=_SALT).sign("form")


def wrong_clock(given: str) -> str:
    """Why the form came back at a wrong moment, in French; "" when it is right."""
    signer = signing.TimestampSigner(salt=_SALT)
    try:
        signer.unsign(given, max_age=LONGEST)
    except signing.BadSignature:
        return "Ce formulaire a expiré. Relisez votre texte, puis envoyez-le de nouveau."
    try:
        signer.unsign(given, max_age=SHORTEST)
    except signing.SignatureExpired:
        return ""
    return "Cet envoi est allé très vite. Relisez votre texte, attendez quelques secondes, puis envoyez-le."


def holds_link(text: str) -> bool:
    """Whether a text holds an address of a site, or markup."""
    return bool(_LINK.search(text))


def may_offer(address: str) -> bool:
    """Whether this network address has offers left in this hour."""
    return attempts.made(_key(address)) < PER_HOUR


def count_offer(address: str) -> None:
    """One more offer from this address; only its fingerprint is kept, for an hour."""
    attempts.count(_key(address), PERIOD)


def _key(address: str) -> str:
    return f"testimonial-offers:{hashlib.blake2b(address.encode(), key=_secret(), digest_size=12).hexdigest()}"


def _secret() -> bytes:
    return hashlib.sha256(signing.Signer(salt=_SALT).signature("address").encode()).digest()
