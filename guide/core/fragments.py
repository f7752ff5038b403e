"""One address, two representations: the page, and the fragment of its results that replaces them without reload."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.cache import patch_vary_headers
from django_htmx.http import push_url


def wants_fragment(request: HttpRequest) -> bool:
    """Whether only the results are asked for; never when htmx restores its history, which needs the whole page."""
    return bool(request.htmx) and not request.htmx.history_restore_request


def page_or_fragment(request: HttpRequest, page: str, fragment: str, context: dict, address: str) -> HttpResponse:
    """The template `page`; or `fragment`, with the canonical `address` that the address bar must then show."""
    wanted = wants_fragment(request)
    response = render(request, fragment if wanted else page, {**context, "fragment": wanted})
    patch_vary_headers(response, ["HX-History-Restore-Request"])
    return push_url(response, address) if wanted else response
