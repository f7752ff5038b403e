"""Data addresses of structures: open data, and what the map draws.

Those of a search take the same filters as the list; a wrong value answers 400 and says what is wrong.
"""

import json
from collections.abc import Iterator

from django.conf import settings
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, JsonResponse, StreamingHttpResponse
from django.urls import reverse
from django.views.decorators.http import require_safe

from guide.core import exports
from guide.core.enums import Confidence
from guide.core.http import public
from guide.territories.enums import TerritoryKind
from guide.territories.models import Territory
from structures.enums import APPROXIMATE, SHORT_LABELS, CoordinateSource, Kind, Ownership, Rank
from structures.map_data import department_ground, drawn, region_ground
from structures.search import StructureSearch

LICENCE_URL = "https://www.etalab.gouv.fr/licence-ouverte-open-licence/"
DECIMALS = 5
YES_NO = {True: "oui", False: "non", None: ""}
CSV_COLUMNS = {
    "nom": "name",
    "type": "kind",
    "rang": "rank",
    "statut": "ownership",
    "numero_finess": "finess",
    "siret": "siret",
    "adresse": "address",
    "code_postal": "postal_code",
    "code_commune": "commune__code",
    "commune": "commune__name",
    "departement": "commune__parent__name",
    "latitude": "latitude",
    "longitude": "longitude",
    "origine_position": "coordinate_source",
    "telephone": "phone",
    "courriel": "email",
    "site_internet": "website",
    "ouverture": "opened_on",
    "accueille_internes": "welcomes_interns",
    "recrute_medecins": "recruiting",
    "source": "source",
    "adresse_source": "source_url",
    "date_source": "source_date",
    "confiance": "confidence",
    "verifie_le": "verified_on",
    "page": "slug",
}
_LABELS = {
    "kind": dict(Kind.choices),
    "rank": dict(Rank.choices),
    "ownership": dict(Ownership.choices),
    "coordinate_source": dict(CoordinateSource.choices),
    "welcomes_interns": YES_NO,
    "recruiting": YES_NO,
    "confidence": dict(Confidence.choices),
}
MAX_CODE = 20


def _feature_collection(structures: QuerySet) -> Iterator[str]:
    """A FeatureCollection (RFC 7946) of the placed structures of a query, piece by piece."""
    base = reverse("structures:list")
    columns = ("longitude", "latitude", "name", "kind", "commune__name", "slug", "coordinate_source")
    yield f'{{"type":"FeatureCollection","license":"{LICENCE_URL}","features":['
    separator = ""
    for row in structures.placed().values_list(*columns).iterator(exports.CHUNK):
        yield separator + json.dumps(_feature(base, *row), ensure_ascii=False, separators=(",", ":"))
        separator = ",\n"
    yield "]}"


def _feature(base, longitude, latitude, name, kind, commune, slug, position) -> dict:
    return {
        "type": "Feature",
        "geometry": {"type": "Point", "coordinates": [round(longitude, DECIMALS), round(latitude, DECIMALS)]},
        "properties": {
            "name": name,
            "kind": kind,
            "kind_label": SHORT_LABELS[kind],
            "commune": commune,
            "url": f"{base}{slug}/",
            "approximate": position in APPROXIMATE,
        },
    }


def _csv_lines(structures: QuerySet) -> Iterator[str]:
    base = settings.SITE_URL + reverse("structures:list")
    found = structures.values(*CSV_COLUMNS.values()).iterator(exports.CHUNK)
    return exports.csv_lines(CSV_COLUMNS, (_cells(base, row) for row in found))


def _cells(base: str, row: dict) -> list:
    row["slug"] = f"{base}{row['slug']}/"
    for column, labels in _LABELS.items():
        row[column] = labels.get(row[column], row[column])
    return [row[column] for column in CSV_COLUMNS.values()]


@require_safe
@public
def geojson(request: HttpRequest) -> HttpResponse | StreamingHttpResponse:
    """`/structures.geojson`: the placed structures of a search, as open data."""
    search = StructureSearch.read(request)
    if not search.is_valid:
        return _refused(" ".join(search.messages))
    return _streamed(_feature_collection(search.queryset()), "application/geo+json")


@require_safe
@public
def csv_file(request: HttpRequest) -> HttpResponse | StreamingHttpResponse:
    """`/structures.csv`: the structures of a search, for a spreadsheet."""
    search = StructureSearch.read(request)
    if not search.is_valid:
        return HttpResponse("\n".join(search.messages), status=400, content_type="text/plain; charset=utf-8")
    response = _streamed(_csv_lines(search.queryset()), "text/csv; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="structures.csv"'
    return response


@require_safe
@public
def points(request: HttpRequest) -> JsonResponse:
    """`/carte/points.json`: what the map draws of a search (see structures/map_data.py)."""
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
    response["Link"] = f'<{LICENCE_URL}>; rel="license"'
    return response


def _compact(document: dict) -> JsonResponse:
    return JsonResponse(document, json_dumps_params={"separators": (",", ":"), "ensure_ascii": False})


def _refused(message: str, status: int = 400) -> JsonResponse:
    return JsonResponse({"erreur": message}, status=status, json_dumps_params={"ensure_ascii": False})
