"""One address, two representations: the page, and the fragment of its results that replaces them without reload."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.cache import patch_vary_headers
from django_htmx.http import push_url

from structures.search import Search


def wants_fragment(request: HttpRequest) -> bool:
    """Whether only the results are asked for; never when htmx restores its history, which needs the whole page."""
    return bool(request.htmx) and not request.htmx.history_restore_request


def respond(request: HttpRequest, search: Search, template: str, context: dict) -> HttpResponse:
    """The page, or its results with the canonical address that the address bar must show."""
    fragment = wants_fragment(request)
    response = render(request, "structures/_results.html" if fragment else template, context)
    patch_vary_headers(response, ["HX-History-Restore-Request"])
    return push_url(response, search.address(page=str(search.page))) if fragment else response
