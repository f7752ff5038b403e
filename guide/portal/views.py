"""Home, health check, what is said to robots and browsers, and the pages of what goes wrong."""

import re
from urllib.parse import unquote

from django.conf import settings
from django.db import DatabaseError
from django.db.models import Model, QuerySet
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.templatetags.static import static
from django.urls import reverse
from django.utils.cache import add_never_cache_headers
from django.views.decorators.cache import never_cache

from guide.core.content_version import kept
from guide.core.french import fold
from guide.core.http import public
from guide.core.models import ContentVersion
from guide.portal import gallery
from guide.portal import home as home_page
from guide.territories.identity import KIND_TITLES
from guide.territories.models import Territory
from structures.enums import SHORT_LABELS
from structures.models import Structure

# A browser may fetch pages ahead, but neither the admin nor files: pages are public, cached and without cookie, so a
# fetch that serves nothing costs one conditional answer.
NOT_AHEAD = ("/admin/*", "/*.csv", "/*.json", "/*.geojson", "/*.xml", "/*.ics", "/*.pdf")
SPECULATION = {
    "prefetch": [
        {
            "where": {"and": [{"href_matches": "/*"}, *({"not": {"href_matches": one}} for one in NOT_AHEAD)]},
            "eagerness": "moderate",
        }
    ]
}
MAX_LOOK_ALIKES = 5
MAX_WORDS = 6
SECTIONS = frozenset({"territoires", "structures", "carte", "admin", "aides", "index", "html", "php"})


@public
def home(request: HttpRequest) -> HttpResponse:
    """The home page."""
    return render(request, "portal/home.html", kept(request.content_version, "home", home_page.build))


@public
def components(request: HttpRequest) -> HttpResponse:
    """Every component in every state: documentation for those who write the site, kept out of search engines."""
    return render(request, "portal/components.html", gallery.build())


@never_cache
def healthz(request: HttpRequest) -> HttpResponse:
    """200 `ok` when the database answers one cheap query, else 503; for load balancers and monitors."""
    try:
        ContentVersion.objects.exists()
    except DatabaseError:
        return HttpResponse("database unavailable\n", content_type="text/plain", status=503)
    return HttpResponse("ok\n", content_type="text/plain")


@public
def robots(request: HttpRequest) -> HttpResponse:
    """Everything may be indexed but the admin and the previews; crawlers find the sitemap here."""
    lines = [
        "User-agent: *",
        "Disallow: /admin/",
        "Disallow: /apercu/",
        "",
        f"Sitemap: {settings.SITE_URL}/sitemap.xml",
        "",
    ]
    return HttpResponse("\n".join(lines), content_type="text/plain; charset=utf-8")


def favicon(request: HttpRequest) -> HttpResponse:
    """`/favicon.ico`, which programs ask for without reading any page: the icon, under the name of its content."""
    return redirect(static("img/favicon.ico"))


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """An address that leads nowhere: what it looks like, a search, the main pages."""
    context = {"suggestions": look_alikes(request.path)}
    return render(request, "404.html", context, status=404)


@public
def speculation_rules(request: HttpRequest) -> JsonResponse:
    """Links that a browser may fetch ahead when the pointer rests on them (HTML standard, speculative loading)."""
    return JsonResponse(SPECULATION, content_type="application/speculationrules+json")


def locked(request: HttpRequest, response=None, credentials=None, *args, **kwargs) -> HttpResponse:
    """A login that has failed too often, as django-axes counts, waits: 429, with the delay for programs too."""
    delay = settings.AXES_COOLOFF_TIME
    page = render(request, "portal/locked.html", {"minutes": delay.seconds // 60}, status=429)
    page["Retry-After"] = delay.seconds
    add_never_cache_headers(page)
    return page


def look_alikes(path: str) -> list[tuple[str, str]]:
    """(name and kind, address) of the sheets whose slug holds the words of the address.

    When no slug holds them all, the longest word alone is tried, so that one wrong word does not hide the rest.
    """
    words = _words_of(path)
    if not words:
        return []
    found = _holding(words)
    return found or (_holding([max(words, key=len)]) if len(words) > 1 else [])


def _words_of(path: str) -> list[str]:
    """Words of the last part of an address that may name a sheet: letters, or a code of five signs."""
    last = next((part for part in reversed(unquote(path).split("/")) if part), "")
    words = [word for word in fold(last).split() if re.fullmatch(r"[a-z]{3,40}|\w{5}", word)]
    return [word for word in words if word not in SECTIONS][:MAX_WORDS]


def _holding(words: list[str]) -> list[tuple[str, str]]:
    labels = KIND_TITLES | SHORT_LABELS
    return [
        (f"{name} ({labels[kind]})", f"{base}{slug}/")
        for model, base in ((Territory, reverse("territories:index")), (Structure, reverse("structures:list")))
        for name, kind, slug in _rows(model, words)
    ]


def _rows(model: type[Model], words: list[str]) -> QuerySet:
    rows = model.objects.live()
    for word in words:
        rows = rows.filter(slug__contains=word)
    return rows.order_by("slug").values_list("name", "kind", "slug")[:MAX_LOOK_ALIKES]
