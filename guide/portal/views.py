"""Home, health check, what is said to robots and browsers, and the pages of what goes wrong."""

from django.conf import settings
from django.db import DatabaseError
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils.cache import add_never_cache_headers
from django.views.decorators.cache import never_cache

from guide.core.content_version import kept
from guide.core.http import public
from guide.core.models import ContentVersion
from guide.portal import gallery, suggestions
from guide.portal import home as home_page

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


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """An address that leads nowhere: what it looks like, a search, the main pages."""
    context = {"suggestions": suggestions.near(request.path)}
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
