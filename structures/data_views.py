"""Data addresses of structures: open data, and what the map draws.

Those of a search take the same filters as the list; a wrong value answers 400 and says what is wrong.
"""

from collections.abc import Iterator

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse, StreamingHttpResponse
from django.views.decorators.http import require_safe

from guide.core.http import public
from guide.territories.enums import TerritoryKind
from guide.territories.models import Territory
from structures import exports
from structures.map_ground import department_ground, region_ground
from structures.points import drawn
from structures.search import StructureSearch

MAX_CODE = 20


@require_safe
@public
def geojson(request: HttpRequest) -> HttpResponse | StreamingHttpResponse:
    """`/structures.geojson`: the placed structures of a search, as open data."""
    search = StructureSearch.read(request)
    if not search.is_valid:
        return _refused(" ".join(search.messages))
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
    return _compact(drawn(search)) if search.is_valid else _refused(" ".join(search.messages))


@require_safe
@public
def map_ground(request: HttpRequest) -> JsonResponse:
    """`/carte/fond.json`: contours of the region and its departments, and the main towns."""
    return _compact(region_ground(request.content_version))


@require_safe
@public
def map_communes(request: HttpRequest) -> JsonResponse:
    """`/carte/communes.json?departement=36`: contours and names of the communes of one department."""
    code = request.GET.get("departement", "")
    if not code or len(code) > MAX_CODE or "\x00" in code:
        return _refused("Indiquez le code d'un département, par exemple «\u00a0departement=36\u00a0».")
    department = Territory.objects.live().of_kind(TerritoryKind.DEPARTMENT).filter(code=code).first()
    if department is None:
        return _refused("Aucun département de la région ne porte ce code.", 404)
    return _compact(department_ground(department, request.content_version))


def _streamed(pieces: Iterator[str], content_type: str) -> StreamingHttpResponse:
    response = StreamingHttpResponse(pieces, content_type=content_type)
    response["Link"] = f'<{exports.LICENCE_URL}>; rel="license"'
    return response


def _compact(document: dict) -> JsonResponse:
    return JsonResponse(document, json_dumps_params={"separators": (",", ":"), "ensure_ascii": False})


def _refused(message: str, status: int = 400) -> JsonResponse:
    return JsonResponse({"erreur": message}, status=status, json_dumps_params={"ensure_ascii": False})
