"""What a page of text holds, ready to print."""

from typing import NamedTuple

from django.urls import reverse

from guide.core import drawings
from guide.core.french import typographic
from guide.editorial.enums import HUBS, Section
from guide.editorial.models import Page
from guide.editorial.rendering import Rendering, lexicon
from guide.editorial.sheet_page import foot, place_link

LONG = 3  # headings from which a page has a table of contents


class PageLink(NamedTuple):
    """A page of text among others."""

    slug: str
    title: str
    summary: str
    href: str
    illustration: str


def link(page: Page) -> PageLink:
    """The link to a page."""
    return PageLink(
        page.slug, typographic(page.title), typographic(page.summary), page.get_absolute_url(), page.illustration
    )


def context(page: Page, version: str) -> dict:
    """A page in whatever state."""
    rendering = Rendering(lexicon(version))
    body = rendering.html(page.body)
    others = _siblings(page)
    is_hub = HUBS.get(Section(page.section)) == page.slug
    return {
        "slug": page.slug,
        "title": typographic(page.title),
        "summary": typographic(page.summary),
        "illustration": drawings.known(page.illustration),
        "kicker": "" if page.section == Section.SITE else page.get_section_display(),
        "breadcrumb": [*_parents(page, others), (typographic(page.title), "")],
        "body": body,
        "contents": rendering.contents if len(rendering.contents) >= LONG else [],
        "cards": others if is_hub else [],
        "others": [] if is_hub else others,
        "place": place_link(page.territory),
        "canonical": page.get_absolute_url(),
        **foot(page, rendering),
    }


def _siblings(page: Page) -> list[PageLink]:
    """The other pages of the section; for a department, those of the same department."""
    others = Page.objects.live().in_section(page.section).exclude(pk=page.pk)
    if page.section == Section.DEPARTMENT and page.territory_id:
        others = others.filter(territory=page.territory_id)
    return [link(other) for other in others]


def _parents(page: Page, others: list[PageLink]) -> list[tuple[str, str]]:
    """The page that lists the section, when it exists; for a department, its place."""
    if page.territory:
        return [("Territoires", reverse("territories:index")), place_link(page.territory)]
    hub = HUBS.get(Section(page.section))
    return [(other.title, other.href) for other in others if other.slug == hub]
