"""What a page of text holds, ready to print."""

from typing import NamedTuple

from django.urls import reverse

from guide.core import drawings
from guide.core.french import long_date, typographic
from guide.editorial.enums import HUBS, Section
from guide.editorial.lexicon import Lexicon
from guide.editorial.models import Page
from guide.editorial.rendering import Rendering
from guide.territories import places

LONG = 3  # headings from which a page has a table of contents


class Link(NamedTuple):
    """A page among others."""

    slug: str
    title: str
    summary: str
    href: str
    illustration: str


def address(slug: str) -> str:
    """Address of a page."""
    return reverse("editorial:page", args=[slug])


def find(slug: str, lexicon: Lexicon) -> dict | None:
    """The page, or None when no visitor may see one at this address. Three queries."""
    page = Page.objects.live().filter(slug=slug).select_related("territory").first()
    return context(page, lexicon) if page else None


def context(page: Page, lexicon: Lexicon) -> dict:
    """A page in whatever state; two queries."""
    rendering = Rendering(lexicon)
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
        "place": _place(page) if page.territory else None,
        "sources": rendering.sources(page.references.order_by("code").values_list("code", flat=True)),
        "terms": rendering.terms(),
        "verified": long_date(page.verified_on) if page.verified_on else "",
        "canonical": address(page.slug),
    }


def _siblings(page: Page) -> list[Link]:
    """The other pages of the section; for a department, those of the same department."""
    rows = Page.objects.live().in_section(page.section).exclude(pk=page.pk)
    if page.section == Section.DEPARTMENT and page.territory_id:
        rows = rows.filter(territory=page.territory_id)
    return [
        Link(slug, typographic(title), typographic(summary), address(slug), illustration)
        for slug, title, summary, illustration in rows.values_list("slug", "title", "summary", "illustration")
    ]


def _parents(page: Page, others: list[Link]) -> list[tuple[str, str]]:
    """The page that lists the section, when it exists; for a department, its place."""
    if page.territory:
        return [("Territoires", reverse("territories:index")), _place(page)]
    hub = HUBS.get(Section(page.section))
    return [(link.title, link.href) for link in others if link.slug == hub]


def _place(page: Page) -> tuple[str, str]:
    return page.territory.name, places.address(page.territory.slug)
