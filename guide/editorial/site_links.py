"""What pages of the whole site link to: the pages of text and the partners."""

from typing import NamedTuple

from guide.core.content_version import kept
from guide.editorial.enums import HUBS, Section
from guide.editorial.models import Page, Partner
from guide.editorial.pages import PageLink, link


class SiteLinks(NamedTuple):
    """Pages by section, each with the primary key of its territory (0: none); partners as (name, address)."""

    pages: dict[str, list[tuple[int, PageLink]]]
    partners: list[tuple[str, str]]

    def of_section(self, section: Section) -> list[tuple[str, str]]:
        """(title, address) of the pages of a section, without its hub."""
        return [(page.title, page.href) for _, page in self.pages[section] if page.slug != HUBS.get(section)]

    def of_department(self, department: int) -> PageLink | None:
        """The general page on a department (its primary key)."""
        return next((page for place, page in self.pages[Section.DEPARTMENT] if place == department), None)


def _read() -> SiteLinks:
    """Each kind in the order that its editors chose."""
    pages: dict[str, list[tuple[int, PageLink]]] = {section.value: [] for section in Section}
    for page in Page.objects.live().order_by("position", "title", "slug"):
        pages[page.section].append((page.territory_id or 0, link(page)))
    partners = Partner.objects.live().filter(is_founder=False).order_by("position", "name", "url")
    return SiteLinks(pages, list(partners.values_list("name", "url")))


def current(version: str) -> SiteLinks:
    """The links at this content version."""
    return kept(version, "site-links", _read)
