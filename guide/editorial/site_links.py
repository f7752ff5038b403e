"""What pages of the whole site link to: the pages of text and the partners."""

from typing import NamedTuple

from guide.core import site_lists
from guide.core.french import typographic
from guide.core.together import Part
from guide.editorial.enums import HUBS, Section
from guide.editorial.models import Page, Partner
from guide.editorial.page import Link, address


class SiteLinks(NamedTuple):
    """Pages by section, each with the primary key of its territory (0: none); partners as (name, address)."""

    pages: dict[str, list[tuple[int, Link]]]
    partners: list[tuple[str, str]]

    def of_section(self, section: Section) -> list[tuple[str, str]]:
        """(title, address) of the pages of a section, without its hub."""
        return [(link.title, link.href) for _, link in self.pages[section] if link.slug != HUBS.get(section)]

    def of_department(self, department: int) -> Link | None:
        """The general page on a department (its primary key)."""
        return next((link for place, link in self.pages[Section.DEPARTMENT] if place == department), None)


def _parts() -> tuple[Part, Part]:
    pages = ("position", "title", "slug", "section", "summary", "illustration", "territory")
    return (
        Part(Page.objects.live(), pages),
        Part(Partner.objects.live().filter(is_founder=False), ("position", "name", "url")),
    )


def _links(page_rows: list[tuple], partner_rows: list[tuple]) -> SiteLinks:
    """Each kind in the order that its editors chose."""
    pages: dict[str, list[tuple[int, Link]]] = {section.value: [] for section in Section}
    for _, title, slug, section, summary, picture, place in sorted(page_rows, key=lambda row: row[:3]):
        link = Link(slug, typographic(title), typographic(summary), address(slug), picture)
        pages[section].append((place or 0, link))
    return SiteLinks(pages, [(name, url) for _, name, url in sorted(partner_rows)])


LINKS = site_lists.declare("links", _parts, _links)


def current(version: str) -> SiteLinks:
    """The links at this content version; no query once a page of the version has asked for a list of the site."""
    return site_lists.current(LINKS, version)
