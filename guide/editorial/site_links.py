"""What pages of the whole site link to: the pages of text and the partners, in one query once per content version."""

from typing import NamedTuple

from django.db.models import BigIntegerField, CharField, F, IntegerField, Value

from guide.editorial.enums import HUBS, Section
from guide.editorial.models import Page, Partner
from guide.editorial.page import Link, address
from guide.publishing.french import typographic
from guide.publishing.kept import kept

PAGE, PARTNER = 0, 1


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


def current(version: str) -> SiteLinks:
    """The links at this content version; one query once per version."""
    return kept(version, "site-links", load)


def load() -> SiteLinks:
    """The links from the database, each kind in the order that its editors chose."""
    pages: dict[str, list[tuple[int, Link]]] = {section.value: [] for section in Section}
    partners: list[tuple[str, str]] = []
    for table, _, name, key, section, summary, picture, place in sorted(_rows()):
        if table == PARTNER:
            partners.append((name, key))
        else:
            link = Link(key, typographic(name), typographic(summary), address(key), picture)
            pages[section].append((place, link))
    return SiteLinks(pages, partners)


def _rows():
    """(table, position, title or name, slug or address, section, summary, drawing, territory) of both tables."""
    none = Value("", CharField())
    pages = Page.objects.live().values_list(
        Value(PAGE, IntegerField()), "position", "title", "slug", "section", "summary", "illustration", "territory"
    )
    partners = (
        Partner.objects.live()
        .filter(is_founder=False)
        .values_list(
            Value(PARTNER, IntegerField()),
            "position",
            F("name"),
            F("url"),
            none,
            none,
            none,
            Value(0, BigIntegerField()),
        )
    )
    rows = pages.order_by().union(partners.order_by(), all=True)
    return [(*row[:-1], row[-1] or 0) for row in rows]
