"""What a login that has failed too often reads. django-axes counts the failures."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.cache import add_never_cache_headers


def locked(request: HttpRequest, response=None, credentials=None, *args, **kwargs) -> HttpResponse:
    """The page of a login that has to wait: 429, with the delay for programs too."""
    delay = settings.AXES_COOLOFF_TIME
    page = render(request, "portal/locked.html", {"minutes": delay.seconds // 60}, status=429)
    page["Retry-After"] = delay.seconds
    add_never_cache_headers(page)
    return page
