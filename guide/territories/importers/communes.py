"""Communes with contours: the GeoJSON FeatureCollection of geo.api.gouv.fr, plain or gzipped."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from shapely import Geometry, Point

from guide.core.enums import RefusalReason, RejectReason
from guide.core.imports.contract import FileRefused, RawRow, RowRejected
from guide.core.imports.files import open_text
from guide.core.imports.json_files import items
from guide.territories import cog, geometry

REQUIRED = ("nom", "code", "codeDepartement", "codeRegion")
CODE = re.compile(r"(?:\d{2}|2[AB])\d{3}")
POSTAL_CODE = re.compile(r"\d{5}")
# Contours are generalised: a town hall this near outside its own (degrees, about 500 m) is believed.
NEAR_DEGREES = 0.005
# A town hall farther than this from its commune (degrees, about 100 km) is not a small error of geocoding.
FAR_DEGREES = 1.0


@dataclass(frozen=True, slots=True)
class Commune:
    """One commune as its source gives it, checked. `set_aside` says why its town hall was not believed."""

    code: str
    name: str
    department: str
    epci: str
    postal_codes: frozenset[str]
    population: int | None
    latitude: float
    longitude: float
    shape: Geometry
    set_aside: str = ""


def read(path: Path) -> Iterator[RawRow]:
    """Features one after another, numbered from 1; FileRefused for what is not such a file."""
    with open_text(path):
        pass  # the whole file is checked for its encoding, and for a truncated archive, before the first feature
    number = 0
    for number, feature in items(path, "features.item", "communes"):
        if number == 1:
            _check_columns(path, feature)
        yield RawRow(number, feature)
    if not number:
        raise FileRefused(
            RefusalReason.COLUMNS,
            f"{path.name} : aucune commune ; attendu la FeatureCollection de geo.api.gouv.fr, avec ses contours.",
        )


def _check_columns(path: Path, feature: Any) -> None:
    properties = _properties(feature)
    absent = [name for name in REQUIRED if name not in properties]
    if absent:
        raise FileRefused(RefusalReason.COLUMNS, f"{path.name} : propriétés absentes ({', '.join(absent)}).")


def _properties(feature: Any) -> Mapping[str, Any]:
    properties = feature.get("properties") if isinstance(feature, Mapping) else None
    return properties if isinstance(properties, Mapping) else {}


def code_of(feature: Any) -> str:
    """The code that a feature gives itself, valid or not."""
    return str(_properties(feature).get("code") or "")


def convert(feature: Any, region: str) -> Commune | None:
    """A feature as a commune; None when it belongs to another region; raise RowRejected with its reason."""
    properties = _properties(feature)
    code, name = code_of(feature), str(properties.get("nom") or "").strip()
    if not CODE.fullmatch(code):
        raise RowRejected(RejectReason.BAD_IDENTIFIER, f"code INSEE « {code} » mal formé ({name or 'sans nom'})")
    if properties.get("codeRegion") != region:
        return None
    if not name:
        raise RowRejected(RejectReason.MISSING_VALUE, f"{code} : nom absent")
    department = str(properties.get("codeDepartement"))
    if department not in cog.DEPARTMENTS or cog.DEPARTMENTS[department].region != region:
        raise RowRejected(RejectReason.BAD_VALUE, f"{name} ({code}) : département {department} hors de la région")
    shape = _shape(f"{name} ({code})", feature, region)
    latitude, longitude, set_aside = _position(f"{name} ({code})", properties.get("mairie"), shape, region)
    return Commune(
        code=code,
        name=name,
        department=department,
        epci=str(properties.get("codeEpci") or ""),
        postal_codes=_postal_codes(f"{name} ({code})", properties.get("codesPostaux")),
        population=_population(f"{name} ({code})", properties.get("population")),
        latitude=latitude,
        longitude=longitude,
        shape=shape,
        set_aside=set_aside,
    )


def _shape(who: str, feature: Mapping, region: str) -> Geometry:
    try:
        shape = geometry.parse(feature.get("geometry"))
    except geometry.BadGeometry as error:
        raise RowRejected(RejectReason.BAD_GEOMETRY, f"{who} : {error}") from error
    west, south, east, north = shape.bounds
    _check_in_france(f"{who}, contour", (west + east) / 2, (south + north) / 2, region)
    return shape


def _check_in_france(who: str, longitude: float, latitude: float, region: str) -> None:
    """Reject a position outside the box of the region's land, and say so when its coordinates are swapped."""
    box = cog.REGIONS[region].box
    if _in_box(longitude, latitude, box):
        return
    where = f"({latitude:.5f}, {longitude:.5f})"
    if _in_box(latitude, longitude, box):
        raise RowRejected(RejectReason.SWAPPED_COORDINATES, f"{who} : latitude et longitude inversées {where}")
    raise RowRejected(RejectReason.OUT_OF_AREA, f"{who} : hors de France {where}")


def _in_box(longitude: float, latitude: float, box: tuple[float, float, float, float]) -> bool:
    return box[0] <= longitude <= box[2] and box[1] <= latitude <= box[3]


def _position(who: str, mairie: Any, shape: Geometry, region: str) -> tuple[float, float, str]:
    """(latitude, longitude, remark): the town hall, else a point of the contour with the reason why.

    geo.api.gouv.fr places some town halls in a homonymous commune: such a point is set aside and reported.
    """
    if mairie is None:
        return *geometry.inner_point(shape), ""
    try:
        longitude, latitude = (float(value) for value in mairie["coordinates"][:2])
    except (TypeError, ValueError, KeyError, IndexError) as error:
        raise RowRejected(RejectReason.BAD_VALUE, f"{who} : position de la mairie illisible") from error
    _check_in_france(f"{who}, mairie", longitude, latitude, region)
    distance = shape.distance(Point(longitude, latitude))
    if distance > FAR_DEGREES:
        raise RowRejected(
            RejectReason.OUT_OF_AREA, f"{who} : mairie à plus de 100 km du contour ({latitude:.5f}, {longitude:.5f})"
        )
    if distance <= NEAR_DEGREES:
        return round(latitude, 5), round(longitude, 5), ""
    remark = f"{who} : mairie hors du contour ({latitude:.5f}, {longitude:.5f}), remplacée par un point du contour"
    return *geometry.inner_point(shape), remark


def _postal_codes(who: str, codes: Any) -> frozenset[str]:
    codes = [] if codes is None else codes
    if not isinstance(codes, list) or not all(isinstance(code, str) and POSTAL_CODE.fullmatch(code) for code in codes):
        raise RowRejected(RejectReason.BAD_VALUE, f"{who} : codes postaux illisibles")
    return frozenset(codes)


def _population(who: str, value: Any) -> int | None:
    if value is None:
        return None
    if isinstance(value, bool) or not isinstance(value, int) or value < 0:
        raise RowRejected(RejectReason.BAD_VALUE, f"{who} : population illisible")
    return value
