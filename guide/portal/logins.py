"""Logins that fail too often: whose they are, and what they read. django-axes counts them."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.cache import add_never_cache_headers


def client_address(request: HttpRequest) -> str | None:
    """The address of the client, for counting failures.

    In production (HTTPS) one proxy stands before gunicorn and appends the address that it saw to
    X-Forwarded-For: the last entry is the proxy's own word, those before it are the client's and prove nothing.
    """
    if settings.HTTPS and (forwarded := request.headers.get("X-Forwarded-For", "")):
        return forwarded.rpartition(",")[2].strip() or None
    return request.META.get("REMOTE_ADDR") or None


def locked(request: HttpRequest, response=None, credentials=None, *args, **kwargs) -> HttpResponse:
    """The page of a login that has to wait: 429, with the delay for programs too."""
    delay = settings.AXES_COOLOFF_TIME
    page = render(request, "portal/locked.html", {"minutes": delay.seconds // 60}, status=429)
    page["Retry-After"] = delay.seconds
    add_never_cache_headers(page)
    return page
