"""Follows the internal links of the editorial pages, as a visitor would."""

import re
from urllib.parse import urlsplit

from django.test import Client
from django.urls import Resolver404, resolve

from guide.editorial.models import NewsItem, Page, PracticeOption, Testimonial
from tests.markup import parsed

# Sections of other packages: their links are followed as soon as they have their routes.
SECTIONS = ("/exercer/", "/temoignages/", "/contact/")
START = (
    "/",
    "/exercer/comparer/",
    "/exercer/questionnaire/",
    "/contact/?departement=36",
    "/pages/glossaire/",
    "/pages/documents/",
    "/pages/partenaires/",
    "/actualites/",
    "/agenda/",
    *SECTIONS,
)
# Lists of rows, whose addresses come from the rows themselves.
ROWS = re.compile(r"/(?:structures|territoires)/[\w-]+/$")


def is_routed(address: str) -> bool:
    """Whether the site answers under the section of an address."""
    section = next((section for section in SECTIONS if address.startswith(section)), address)
    try:
        resolve(section)
    except Resolver404:
        return section not in SECTIONS  # an unknown address outside these sections is a dead link
    return True


def is_row(page: str, link: str) -> bool:
    """Whether a link of a page stands in a list of rows."""
    return page.startswith("/exercer/") and bool(ROWS.match(link))


def dead_links(client: Client) -> list[str]:
    """ "page → link: reason" of each internal link of the editorial pages that leads nowhere."""
    pages = {*START}
    pages |= {f"/pages/{slug}/" for slug in Page.objects.live().values_list("slug", flat=True)}
    pages |= {f"/actualites/{slug}/" for slug in NewsItem.objects.live().values_list("slug", flat=True)}
    pages |= {f"/exercer/{slug}/" for slug in PracticeOption.objects.live().values_list("slug", flat=True)}
    pages |= {f"/temoignages/{slug}/" for slug in Testimonial.objects.live().values_list("slug", flat=True)}
    answers: dict[str, tuple[int, str]] = {}
    dead = []
    for page in sorted(pages):
        if not is_routed(page):
            continue
        html = parsed(_html(client, page, answers))
        ids = set(html.values("[id]", "id"))
        for link in sorted(set(html.one("main#contenu").links())):
            parts = urlsplit(link)
            if link.startswith("#"):
                if link[1:] not in ids:
                    dead.append(f"{page} → {link}")
            elif (
                not parts.scheme and is_routed(parts.path) and not (page.startswith("/exercer/") and ROWS.match(link))
            ):
                target = link.partition("#")[0]
                found = _html(client, target, answers)
                if answers[target][0] != 200:
                    dead.append(f"{page} → {link} : {answers[target][0]}")
                elif parts.fragment and not parsed(found).all(f"#{parts.fragment}"):
                    dead.append(f"{page} → {link} : ancre")
    return dead


def _html(client: Client, address: str, answers: dict) -> str:
    if address not in answers:
        response = client.get(address, follow=True)
        text = "" if response.streaming else response.content.decode(errors="replace")
        answers[address] = (response.status_code, text)
    return answers[address][1]
