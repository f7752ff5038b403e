"""Addresses of the ways to practise, and the trail that leads to each page."""

from collections.abc import Iterable
from urllib.parse import urlencode

from django.urls import reverse

SECTION = "Façons d'exercer"


def comparison_of(slugs: Iterable[str]) -> str:
    """Address of the comparison of these options; of all of them without any."""
    query = urlencode([("o", slug) for slug in slugs])
    return reverse("practice:compare") + (f"?{query}" if query else "")


def trail(title: str) -> list[tuple[str, str]]:
    """Breadcrumb of a page under the list."""
    return [(SECTION, reverse("practice:list")), (title, "")]
