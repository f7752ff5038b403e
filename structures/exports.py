"""Open data of a search: GeoJSON and CSV, streamed row by row.

Both carry their licence as `Link: <…>; rel="license"`: Licence Ouverte 2.0, the one of the public sources that the
rows name. Each CSV row names its source and its date.
"""

import json
from collections.abc import Iterator

from django.db.models import QuerySet
from django.urls import reverse

from guide.core import exports
from structures.enums import APPROXIMATE, SHORT_LABELS, CoordinateSource, Kind, Ownership, Rank

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
}


def geojson(structures: QuerySet) -> Iterator[str]:
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


def csv_lines(structures: QuerySet, site_url: str) -> Iterator[str]:
    """A CSV of the structures of a query, one line after the other."""
    base = site_url + reverse("structures:list")
    found = structures.values(*CSV_COLUMNS.values()).iterator(exports.CHUNK)
    return exports.csv_lines(CSV_COLUMNS, (_cells(base, row) for row in found))


def _cells(base: str, row: dict) -> list:
    row["slug"] = f"{base}{row['slug']}/"
    for column, labels in _LABELS.items():
        row[column] = labels.get(row[column], row[column])
    return [row[column] for column in CSV_COLUMNS.values()]
