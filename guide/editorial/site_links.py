"""What pages of the whole site link to: the pages of text and the partners."""

from typing import NamedTuple

from guide.core.french import typographic
from guide.core.kept import kept
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


def _read() -> SiteLinks:
    """Each kind in the order that its editors chose."""
    pages: dict[str, list[tuple[int, Link]]] = {section.value: [] for section in Section}
    columns = ("title", "slug", "section", "summary", "illustration", "territory")
    for title, slug, section, summary, picture, place in (
        Page.objects.live().order_by("position", "title", "slug").values_list(*columns)
    ):
        link = Link(slug, typographic(title), typographic(summary), address(slug), picture)
        pages[section].append((place or 0, link))
    partners = Partner.objects.live().filter(is_founder=False).order_by("position", "name", "url")
    return SiteLinks(pages, list(partners.values_list("name", "url")))


def current(version: str) -> SiteLinks:
    """The links at this content version."""
    return kept(version, "site-links", _read)
