"""What views share. Public: no cookie, ETag answered before any render, short public cache. Private: kept nowhere.

A list has one address and two representations: the page, and the fragment of its results that replaces them without
reload.
"""

import re
from functools import wraps
from pathlib import Path

from django.conf import settings
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.cache import add_never_cache_headers, patch_cache_control, patch_vary_headers
from django.views.decorators.http import condition, require_safe
from django_htmx.http import push_url

from guide.core import content_version

MAX_AGE = 60
SPECULATION_RULES = "/speculation.json"
STALE_WHILE_REVALIDATE = 600


def _etag(request, *args, **kwargs) -> str:
    """Version of the content; a fragment for htmx is another representation of the same address.

    The version stays on the request, so that a view keys what it caches without a second query.
    """
    request.content_version = content_version.current()
    return f'W/"{request.content_version}{"-htmx" if request.headers.get("HX-Request") else ""}"'


def public(view):
    """Decorate a public view: 304 after one query when nothing changed, and cache headers on 200.

    A page also names the rules by which browsers fetch the next one ahead; by header, because the content
    security policy forbids inline scripts.
    """
    conditional = condition(etag_func=_etag)(view)

    @wraps(view)
    def wrapper(request, *args, **kwargs):
        response = conditional(request, *args, **kwargs)
        if response.status_code in (200, 304):
            patch_cache_control(response, public=True, max_age=MAX_AGE, stale_while_revalidate=STALE_WHILE_REVALIDATE)
            patch_vary_headers(response, ["HX-Request"])
        if response.headers.get("Content-Type", "").startswith("text/html"):
            response.headers["Speculation-Rules"] = f'"{SPECULATION_RULES}"'
        return response

    return wrapper


def private(view):
    """Decorate a page that concerns one person, and maybe its form: see `kept_by_nobody`."""

    @wraps(view)
    def wrapper(request, *args, **kwargs):
        return kept_by_nobody(view(request, *args, **kwargs))

    return wrapper


def kept_by_nobody(response: HttpResponse, *, referrer: str = "same-origin") -> HttpResponse:
    """The response, stored by nobody, indexed by nobody; its address, which may be a key, is told to no other site.

    Without a form, `referrer` may be `no-referrer`. With one, browsers would then send `Origin: null`, which the
    protection against forged requests rightly refuses.
    """
    add_never_cache_headers(response)
    response["X-Robots-Tag"] = "noindex, nofollow"
    response["Referrer-Policy"] = referrer
    return response


def client_address(request: HttpRequest) -> str | None:
    """The address of the client, for counting what it sends and the logins that it fails.

    In production (HTTPS) one proxy stands before gunicorn and appends the address that it saw to
    X-Forwarded-For: the last entry is the proxy's own word, those before it are the client's and prove nothing.
    """
    if settings.HTTPS and (forwarded := request.headers.get("X-Forwarded-For", "")):
        return forwarded.rpartition(",")[2].strip() or None
    return request.META.get("REMOTE_ADDR") or None


def wants_fragment(request: HttpRequest) -> bool:
    """Whether only the results are asked for; never when htmx restores its history, which needs the whole page."""
    return bool(request.htmx) and not request.htmx.history_restore_request


def page_or_fragment(request: HttpRequest, page: str, fragment: str, context: dict, address: str) -> HttpResponse:
    """The template `page`; or `fragment`, with the canonical `address` that the address bar must then show."""
    wanted = wants_fragment(request)
    response = render(request, fragment if wanted else page, {**context, "fragment": wanted})
    patch_vary_headers(response, ["HX-History-Restore-Request"])
    return push_url(response, address) if wanted else response


# The only files that the site writes: what is not named so is not served.
NAME = re.compile(r"photos/[0-9a-f]{32}/(?:photo|[0-9]{1,4}w)\.(jpg|webp|avif)")
TYPES = {"jpg": "image/jpeg", "webp": "image/webp", "avif": "image/avif"}
YEAR_SECONDS = 31_536_000


@require_safe
def media(request: HttpRequest, name: str) -> FileResponse:
    """`/media/photos/<folder>/960w.avif`: a name is never given to another content."""
    found = NAME.fullmatch(name)
    path = Path(settings.MEDIA_ROOT) / name
    if not found or not path.is_file():
        raise Http404
    response = FileResponse(path.open("rb"), content_type=TYPES[found[1]])
    response["Cache-Control"] = f"public, max-age={YEAR_SECONDS}, immutable"
    response["X-Content-Type-Options"] = "nosniff"
    return response
