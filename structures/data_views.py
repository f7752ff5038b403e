"""Data addresses of structures: the same filters as the list; a wrong value answers 400 and says what is wrong."""

from collections.abc import Iterator

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse, StreamingHttpResponse
from django.views.decorators.http import require_safe

from guide.core.http import public
from structures import exports
from structures.points import drawn
from structures.search import StructureSearch


@require_safe
@public
def geojson(request: HttpRequest) -> HttpResponse | StreamingHttpResponse:
    """`/structures.geojson`: the placed structures of a search, as open data."""
    search = StructureSearch.read(request)
    if not search.is_valid:
        return _refused_json(search)
    return _streamed(exports.geojson(search.queryset()), "application/geo+json")


@require_safe
@public
def csv_file(request: HttpRequest) -> HttpResponse | StreamingHttpResponse:
    """`/structures.csv`: the structures of a search, for a spreadsheet."""
    search = StructureSearch.read(request)
    if not search.is_valid:
        return HttpResponse("\n".join(search.messages), status=400, content_type="text/plain; charset=utf-8")
    response = _streamed(exports.csv_lines(search.queryset(), settings.SITE_URL), "text/csv; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="structures.csv"'
    return response


@require_safe
@public
def points(request: HttpRequest) -> JsonResponse:
    """`/carte/points.json`: what the map draws of a search (see structures/points.py)."""
    search = StructureSearch.read(request)
    if not search.is_valid:
        return _refused_json(search)
    return JsonResponse(drawn(search), json_dumps_params={"separators": (",", ":")})


def _streamed(pieces: Iterator[str], content_type: str) -> StreamingHttpResponse:
    response = StreamingHttpResponse(pieces, content_type=content_type)
    response["Link"] = f'<{exports.LICENCE_URL}>; rel="license"'
    return response


def _refused_json(search: StructureSearch) -> JsonResponse:
    message = {"erreur": " ".join(search.messages)}
    return JsonResponse(message, status=400, json_dumps_params={"ensure_ascii": False})
