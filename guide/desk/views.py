"""The page of contacts: read the request, ask, render."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.cache import patch_vary_headers
from django.views.decorators.http import require_safe
from django_htmx.http import push_url

from guide.desk import page
from guide.desk.directory import current
from guide.desk.search import read
from guide.publishing.http import public


@require_safe
@public
def contact(request: HttpRequest) -> HttpResponse:
    """Whom to call, or only the answer when htmx asks for it (never when it restores its history)."""
    search = read(request)
    fragment = bool(request.htmx) and not request.htmx.history_restore_request
    template = "desk/_results.html" if fragment else "desk/contact.html"
    found = page.context(search, current(request.content_version))
    response = render(request, template, {**found, "fragment": fragment})
    patch_vary_headers(response, ["HX-History-Restore-Request"])
    return push_url(response, search.address()) if fragment else response
