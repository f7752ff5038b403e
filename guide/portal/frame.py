"""The frame of every page: what all templates know of the site, its head, its foot."""

import re

from django import template
from django.conf import settings
from django.template.loader import render_to_string

from guide.core.content_version import kept, version_of
from guide.core.typography import typeset
from guide.editorial.enums import Section
from guide.editorial.pages import SiteLinks, site_links

register = template.Library()
MENU = (
    ("Aides", "/aides/"),
    ("Exercer", "/exercer/"),
    ("Territoires", "/territoires/"),
    ("Structures", "/structures/"),
    ("Carte", "/carte/"),
    ("Témoignages", "/temoignages/"),
    ("Actualités", "/actualites/"),
    ("Contact", "/contact/"),
)
MAX_TITLE = 70  # about what a search engine shows
# The white space of HTML, and no other: a non-breaking space of French typography stays.
_WHITE_SPACE = re.compile(r"[ \t\r\n\f]+")


def site(request) -> dict:
    """Name and address of the site, the official zoning map, and the menu as (label, address, is current).

    PAGE_ADDRESS is the path of a public page: others have no address to share, since theirs may be a key.
    """
    return {
        "SITE_NAME": settings.SITE_NAME,
        "SITE_URL": settings.SITE_URL,
        "ZONING_MAP_URL": settings.ZONING_MAP_URL,
        "PAGE_ADDRESS": request.path if hasattr(request, "content_version") else "",
        "SITE_MENU": [(label, address, request.path.startswith(address)) for label, address in MENU],
    }


@register.simple_tag(takes_context=True)
def footer(context) -> str:
    """`{% footer %}`: partners, menu and pages of the site; one text for all pages of a content version."""
    version = version_of(context.get("request"))
    return kept(version, "footer", lambda: _footer(site_links(version)))


def _footer(links: SiteLinks) -> str:
    sections = {one.value: links.of_section(one) for one in (Section.GUIDE, Section.SITE)}
    about = {"SITE_NAME": settings.SITE_NAME, "menu": MENU, "partners": links.partners, "sections": sections}
    return render_to_string("layout/_footer.html", about)


@register.simple_block_tag
def captured(content: str) -> str:
    """`{% captured as name %}`: what a block prints, to be printed at several places."""
    return content


@register.filter(is_safe=True)
def one_line(text: str) -> str:
    """A text that a template writes over several lines, with single spaces, and none around."""
    return _WHITE_SPACE.sub(" ", text).strip(" ")


@register.filter(is_safe=True)
def typeset_line(text: str) -> str:
    """The same for an attribute that is read as words, which `guide.core.typography` leaves alone."""
    return typeset(one_line(text).encode()).decode()


@register.filter(is_safe=True)
def short_title(title: str) -> str:
    """The title of a page; a long one leaves out the name of the site, which search engines show beside it."""
    return title if len(title) <= MAX_TITLE else without_site_name(title)


@register.filter(is_safe=True)
def without_site_name(title: str) -> str:
    """The title of a page as a shared link shows it, under the name of the site."""
    return title.removesuffix(f" · {settings.SITE_NAME}")
