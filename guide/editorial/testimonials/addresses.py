"""Addresses of the testimonials, and the signed one by which an author takes theirs back."""

from django.conf import settings
from django.core import signing
from django.urls import reverse

SECTION = "Témoignages"
_SALT = "guide.testimonial.withdrawal"


def trail(title: str) -> list[tuple[str, str]]:
    """Breadcrumb of a page under the list."""
    return [(SECTION, reverse("testimonials:list")), (title, "")]


def withdrawal_of(pk: int) -> str:
    """The whole address by which the author of a testimonial (primary key) withdraws it; it never expires."""
    return settings.SITE_URL + reverse("testimonials:withdraw", args=[token_of(pk)])


def token_of(pk: int) -> str:
    """The signed part of that address."""
    return signing.dumps(pk, salt=_SALT)


def testimonial_of(token: str) -> int:
    """Primary key that an address names. signing.BadSignature: the address is not one of ours."""
    pk = signing.loads(token, salt=_SALT)
    if not isinstance(pk, int):
        raise signing.BadSignature("not a primary key")
    return pk
