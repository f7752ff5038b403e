"""Sitemap: an index, then one file per section and page, from plain rows; addresses under SITE_URL."""

from collections.abc import Callable
from datetime import datetime
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.sitemaps import Sitemap, views
from django.contrib.sitemaps.views import SitemapIndexItem
from django.db.models import Max, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from aids.addresses import page_of
from aids.models import Aid
from guide.core.http import public
from guide.editorial.models import NewsItem, Page, PracticeOption, Testimonial
from guide.territories.models import Territory
from structures.models import Structure


class GuideSitemap(Sitemap):
    """Absolute addresses come from the settings, not from the request: a proxy may change the host."""

    limit = 10_000

    def get_domain(self, site=None) -> str:
        return urlsplit(settings.SITE_URL).netloc

    def get_protocol(self, protocol=None) -> str:
        return urlsplit(settings.SITE_URL).scheme


class MainPages(GuideSitemap):
    """Home, lists, maps, simulator."""

    def items(self) -> list[str]:
        aids = [reverse("aids:list"), reverse("aids:simulator"), reverse("aids:map")]
        editorial = [reverse(f"editorial:{name}") for name in ("news", "agenda", "glossary", "documents", "partners")]
        practice = [reverse(f"practice:{name}") for name in ("list", "compare", "questionnaire")]
        people = [reverse("testimonials:list"), reverse("testimonials:offer"), reverse("desk:contact")]
        return ["/", "/carte/", "/structures/", reverse("territories:index"), *aids, *editorial, *practice, *people]

    def location(self, item: str) -> str:
        return item


class SheetPages(GuideSitemap):
    """Pages of the rows that `rows` gives, each at the address that `address` makes of its `column`."""

    def __init__(self, rows: Callable[[], QuerySet], address: Callable[[str], str], column: str = "slug"):
        self.rows, self.address, self.column = rows, address, column

    def items(self) -> QuerySet:
        return self.rows().order_by("pk").values_list(self.column)

    def location(self, item: tuple) -> str:
        return self.address(item[0])


class DatedPages(SheetPages):
    """The same, with the day of their last change."""

    def items(self) -> QuerySet:
        return self.rows().order_by("pk").values_list(self.column, "updated_at")

    def lastmod(self, item: tuple) -> datetime:
        return item[1]

    def get_latest_lastmod(self) -> datetime | None:
        return self.rows().aggregate(latest=Max("updated_at"))["latest"]  # not read from every row


def _under(name: str) -> Callable[[str], str]:
    return lambda slug: f"{reverse(name)}{slug}/"


SECTIONS = {
    "pages": MainPages(),
    "territoires": SheetPages(Territory.objects.live, _under("territories:index")),
    "structures": DatedPages(Structure.objects.live, _under("structures:list")),
    # Closed aids included: people still look for them, and the page says what replaced them.
    "aides": SheetPages(Aid.objects.live, page_of, "code"),
    "textes": DatedPages(Page.objects.live, lambda slug: reverse("editorial:page", args=[slug])),
    "actualites": DatedPages(NewsItem.objects.live, _under("editorial:news")),
    "exercer": DatedPages(PracticeOption.objects.live, _under("practice:list")),
    "temoignages": DatedPages(Testimonial.objects.live, _under("testimonials:list")),
}


@public
def index(request: HttpRequest) -> HttpResponse:
    """`/sitemap.xml`: one entry per section and page of GuideSitemap.limit addresses."""
    entries = []
    for name, sitemap in SECTIONS.items():
        address = f"{settings.SITE_URL}{reverse('sitemap_section', args=[name])}"
        changed = sitemap.get_latest_lastmod()
        for number in sitemap.paginator.page_range:
            entries.append(SitemapIndexItem(address if number == 1 else f"{address}?p={number}", changed))
    return render(request, "sitemap_index.xml", {"sitemaps": entries}, content_type="application/xml")


@public
def section(request: HttpRequest, section: str) -> HttpResponse:
    """`/sitemap-<section>.xml?p=<page>`."""
    return views.sitemap(request, SECTIONS, section)
