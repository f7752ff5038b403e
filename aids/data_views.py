"""Data addresses of the aids: the same filters as the catalogue; a wrong value answers 400 and says what is wrong."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from aids import feed
from aids.exchange.export import export
from aids.listing.exports import csv_lines
from aids.listing.search import AidSearch
from guide.core.http import public
from structures.data_views import LICENCE_URL


@require_safe
@public
def csv_file(request: HttpRequest) -> HttpResponse:
    """`/aides.csv`: the aids of a search."""
    search = AidSearch.read(request)
    if not search.is_valid:
        return HttpResponse("\n".join(search.messages), status=400, content_type="text/plain; charset=utf-8")
    response = HttpResponse("".join(csv_lines(search)), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="aides.csv"'
    return _licensed(response)


@require_safe
@public
def json_file(request: HttpRequest) -> HttpResponse:
    """`/aides.json`: the aids of a search in the exchange format (docs/aids-format.md)."""
    search = AidSearch.read(request)
    options = {"ensure_ascii": False, "separators": (",", ":")}
    if not search.is_valid:
        return JsonResponse({"erreur": " ".join(search.messages)}, status=400, json_dumps_params=options)
    aids = search.whole()
    collection = aids.order_by("collection").values_list("collection", flat=True).first() or settings.REGION
    return _licensed(JsonResponse(export(aids, collection), json_dumps_params=options))


@require_safe
@public
def atom(request: HttpRequest) -> HttpResponse:
    """`/aides/flux.xml`: what changed in the aids and in the zonings."""
    return HttpResponse(feed.atom(timezone.localdate()), content_type="application/atom+xml; charset=utf-8")


def _licensed(response: HttpResponse) -> HttpResponse:
    response["Link"] = f'<{LICENCE_URL}>; rel="license"'
    return response
