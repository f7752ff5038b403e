"""Sitemap: an index, then one file per section and page, from plain rows; addresses under SITE_URL."""

from collections.abc import Callable
from datetime import datetime
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.sitemaps import Sitemap, views
from django.contrib.sitemaps.views import SitemapIndexItem
from django.db.models import Exists, Max, OuterRef, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from aids.addresses import page_of
from aids.models import Aid
from guide.core.http import public
from guide.editorial import news, page
from guide.editorial.models import NewsItem, Page, PracticeOption, Testimonial
from guide.editorial.practice.addresses import page_of as practice_page_of
from guide.editorial.testimonials.addresses import page_of as testimonial_page_of
from guide.territories.enums import TerritoryKind
from guide.territories.models import Territory
from structures.models import Structure


class GuideSitemap(Sitemap):
    """Absolute addresses come from the settings, not from the request: a proxy may change the host."""

    limit = 10_000

    def get_domain(self, site=None) -> str:
        """Host of the site."""
        return urlsplit(settings.SITE_URL).netloc

    def get_protocol(self, protocol=None) -> str:
        """http or https."""
        return urlsplit(settings.SITE_URL).scheme


class MainPages(GuideSitemap):
    """Home, lists, maps, simulator."""

    def items(self) -> list[str]:
        """Addresses."""
        aids = [reverse("aids:list"), reverse("aids:simulator"), reverse("aids:map")]
        editorial = [reverse(f"editorial:{name}") for name in ("news", "agenda", "glossary", "documents", "partners")]
        practice = [reverse(f"practice:{name}") for name in ("list", "compare", "questionnaire")]
        people = [reverse("testimonials:list"), reverse("testimonials:offer"), reverse("desk:contact")]
        return ["/", "/carte/", "/structures/", reverse("territories:index"), *aids, *editorial, *practice, *people]

    def location(self, item: str) -> str:
        """The address itself."""
        return item


class Places(GuideSitemap):
    """Region, departments, EPCI, bassins de vie, and the communes that have a structure."""

    def items(self) -> QuerySet:
        """Slugs; other communes are reached by links, their pages being thin."""
        with_structure = Exists(Structure.objects.live().filter(commune=OuterRef("pk")))
        wide = Territory.objects.live().exclude(kind=TerritoryKind.COMMUNE)
        communes = Territory.objects.live().of_kind(TerritoryKind.COMMUNE).filter(with_structure)
        return (wide | communes).order_by("pk").values_list("slug", flat=True)

    def location(self, item: str) -> str:
        """Address of the place."""
        return f"{reverse('territories:index')}{item}/"


class Aids(GuideSitemap):
    """Pages of the aids, closed ones included: people still look for them, and the page says what replaced them."""

    def items(self) -> QuerySet:
        """Codes."""
        return Aid.objects.live().order_by("pk").values_list("code", flat=True)

    def location(self, item: str) -> str:
        """Address of the page."""
        return page_of(item)


class Dated(GuideSitemap):
    """Sheets of one model that have their own page, with the day of their last change."""

    def __init__(self, rows: Callable[[], QuerySet], address: Callable[[str], str]):
        self.rows = rows
        self.address = address

    def items(self) -> QuerySet:
        """(slug, last change)."""
        return self.rows().order_by("pk").values_list("slug", "updated_at")

    def location(self, item: tuple[str, datetime]) -> str:
        """Address of the page."""
        return self.address(item[0])

    def lastmod(self, item: tuple[str, datetime]) -> datetime:
        """Last change of the page."""
        return item[1]

    def get_latest_lastmod(self) -> datetime | None:
        """Last change of any sheet, asked from the database instead of read from every row."""
        return self.rows().aggregate(latest=Max("updated_at"))["latest"]


class Structures(Dated):
    """Sheets of the structures."""

    def __init__(self):
        super().__init__(Structure.objects.live, lambda slug: f"/structures/{slug}/")


class Texts(Dated):
    """Pages of text."""

    def __init__(self):
        super().__init__(Page.objects.live, page.address)


class News(Dated):
    """News and initiatives."""

    def __init__(self):
        super().__init__(NewsItem.objects.live, news.address)


class Practices(Dated):
    """Ways to practise."""

    def __init__(self):
        super().__init__(PracticeOption.objects.live, practice_page_of)


class Testimonials(Dated):
    """Testimonials."""

    def __init__(self):
        super().__init__(Testimonial.objects.live, testimonial_page_of)


SECTIONS = {
    "pages": MainPages,
    "territoires": Places,
    "structures": Structures,
    "aides": Aids,
    "textes": Texts,
    "actualites": News,
    "exercer": Practices,
    "temoignages": Testimonials,
}


@public
def index(request: HttpRequest) -> HttpResponse:
    """`/sitemap.xml`: one entry per section and page of GuideSitemap.limit addresses."""
    entries = []
    for name, sitemap in SECTIONS.items():
        one = sitemap()
        address = f"{settings.SITE_URL}{reverse('sitemap_section', args=[name])}"
        changed = one.get_latest_lastmod()
        for number in one.paginator.page_range:
            entries.append(SitemapIndexItem(address if number == 1 else f"{address}?p={number}", changed))
    return render(request, "sitemap_index.xml", {"sitemaps": entries}, content_type="application/xml")


@public
def section(request: HttpRequest, section: str) -> HttpResponse:
    """`/sitemap-<section>.xml?p=<page>`."""
    return views.sitemap(request, SECTIONS, section)
