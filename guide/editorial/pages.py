"""What the pages of text, the lists of documents and of partners and the glossary hold; links to them."""

import re
from typing import NamedTuple

from django.urls import reverse

from guide.core import drawings
from guide.core.content_version import kept
from guide.core.french import NBSP, UNKNOWN, fold, number, plural, typographic
from guide.editorial.enums import HUBS, Section
from guide.editorial.models import Document, Page, Partner
from guide.editorial.rendering import Rendering, foot, lexicon, place_link

_UNITS = ((1_000_000, "Mo", 1), (1_000, "ko", 0))
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


def page_context(page: Page, version: str) -> dict:
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
    others = Page.objects.live().filter(section=page.section).exclude(pk=page.pk).order_by("position", "title")
    if page.section == Section.DEPARTMENT and page.territory_id:
        others = others.filter(territory=page.territory_id)
    return [link(other) for other in others]


def _parents(page: Page, others: list[PageLink]) -> list[tuple[str, str]]:
    """The page that lists the section, when it exists; for a department, its place."""
    if page.territory:
        return [("Territoires", reverse("territories:index")), place_link(page.territory)]
    hub = HUBS.get(Section(page.section))
    return [(other.title, other.href) for other in others if other.slug == hub]


def _weight(octets: int | None) -> str:
    """`2,4 Mo`, `310 ko`; decimal units, as French publishers count."""
    for size, unit, decimals in _UNITS:
        if octets and octets >= size:
            return f"{number(octets / size, decimals)}{NBSP}{unit}"
    return f"{number(octets)}{NBSP}octets" if octets else ""


def documents() -> dict:
    """The documents that open, then those that only their publisher has, each group the newest first."""
    rows = Document.objects.live().select_related("reference").order_by("title")
    found = [_document(row) for row in sorted(rows, key=_newest_first)]
    groups = [
        ("À ouvrir", [one for one in found if one["href"]]),
        ("À demander à leur éditeur", [one for one in found if not one["href"]]),
    ]
    return {
        "groups": [(title, cards) for title, cards in groups if cards],
        "total": plural(len(found), "document"),
        "breadcrumb": [("Documents", "")],
    }


def _newest_first(row: Document) -> int:
    """By the first year that is said ("vers 2022"); without any, last."""
    year = re.search(r"\d{4}", row.year)
    return -int(year[0]) if year else 0


def _document(row: Document) -> dict:
    held = reverse("editorial:document", args=[row.slug]) if row.file else ""
    source = row.reference
    return {
        "slug": row.slug,
        "title": typographic(row.title),
        "href": held or row.url,
        "is_held": bool(held),
        "facts": [row.year or f"année {UNKNOWN}e", *_measures(row)],
        "publisher": (source.publisher or source.label) if source else "",
    }


def _measures(row: Document) -> list[str]:
    """Size and pages of a PDF, or that there are none to know: a page of a site, a document without address."""
    is_page = row.url and not row.file and not row.url.lower().endswith(".pdf")
    if is_page and not row.size and not row.pages:
        return ["page internet"]
    known = [
        _weight(row.size) or f"taille {UNKNOWN}e",
        plural(row.pages, "page") if row.pages else f"nombre de pages {UNKNOWN}",
    ]
    return known if row.file or row.url else [*known, f"adresse {UNKNOWN}e"]


def partners() -> dict:
    """Partners, and founders who are none, as (name, role, address of the site), in the order that editors chose."""
    rows = list(Partner.objects.live().values_list("is_founder", "name", "role", "url"))
    groups = [
        (title, [row[1:] for row in rows if row[0] == is_founder])
        for title, is_founder in (("Partenaires du guide", False), ("À l'origine de la démarche", True))
    ]
    return {
        "groups": [(title, cards) for title, cards in groups if cards],
        "total": plural(len(rows), "organisme"),
        "breadcrumb": [("Partenaires", "")],
    }


def glossary(version: str) -> dict:
    """The terms, by first letter: [(letter, terms)]."""
    letters: dict[str, list] = {}
    terms = lexicon(version).terms.values()
    for term in sorted(terms, key=lambda term: fold(term.abbreviation)):
        letters.setdefault(fold(term.abbreviation)[:1].upper(), []).append(term)
    total = plural(len(terms), "abréviation")
    return {"letters": list(letters.items()), "total": total, "breadcrumb": [("Glossaire", "")]}


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


def _read_links() -> SiteLinks:
    """Each kind in the order that its editors chose."""
    pages: dict[str, list[tuple[int, PageLink]]] = {section.value: [] for section in Section}
    for page in Page.objects.live().order_by("position", "title", "slug"):
        pages[page.section].append((page.territory_id or 0, link(page)))
    partners = Partner.objects.live().filter(is_founder=False).order_by("position", "name", "url")
    return SiteLinks(pages, list(partners.values_list("name", "url")))


def site_links(version: str) -> SiteLinks:
    """What every page may link to, at this content version."""
    return kept(version, "site-links", _read_links)
