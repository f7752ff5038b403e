"""Home, health check, robots, and the page of an address that leads nowhere."""

from django.conf import settings
from django.db import DatabaseError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache

from guide.core.http import public
from guide.core.kept import kept
from guide.core.models import ContentVersion
from guide.portal import gallery, suggestions
from guide.portal import home as home_page


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
