"""The frame of every page: what all templates know of the site, its foot, attributes written over several lines."""

import re

from django import template
from django.conf import settings
from django.template.loader import render_to_string

from guide.core.content_version import kept, version_of
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
# The white space of HTML, and no other: a non-breaking space of French typography stays.
_WHITE_SPACE = re.compile(r"[ \t\r\n\f]+")


def site(request) -> dict:
    """Name and address of the site, the official zoning map, and the menu as (label, address, is current)."""
    return {
        "SITE_NAME": settings.SITE_NAME,
        "SITE_URL": settings.SITE_URL,
        "ZONING_MAP_URL": settings.ZONING_MAP_URL,
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


@register.filter(is_safe=True)
def one_line(text: str) -> str:
    """A text that a template writes over several lines, as an attribute wants it: single spaces, none around."""
    return _WHITE_SPACE.sub(" ", text).strip(" ")
