"""The three files that places are made from: communes with contours (the GeoJSON FeatureCollection of geo.api.gouv.fr,
plain or gzipped), EPCI of geo.api.gouv.fr, bassins de vie of INSEE."""

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import chain
from pathlib import Path
from typing import Any

from shapely import Geometry, Point

from guide.core.enums import RefusalReason, RejectReason
from guide.core.imports.contract import FileRefused, RawRow, RowRejected
from guide.core.imports.files import open_text, read_table
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


def read_communes(path: Path) -> Iterator[RawRow]:
    """Features one after another, numbered from 1; FileRefused for what is not such a file."""
    with open_text(path):
        pass  # the whole file is checked for its encoding, and for a truncated archive, before the first feature
    number = 0
    for number, feature in items(path, "features.item", "communes"):
        if number == 1:
            _check_columns(path, _properties(feature), REQUIRED)
        yield RawRow(number, feature)
    if not number:
        raise FileRefused(
            RefusalReason.COLUMNS,
            f"{path.name} : aucune commune ; attendu la FeatureCollection de geo.api.gouv.fr, avec ses contours.",
        )


def _check_columns(path: Path, properties: Mapping, required: Iterable[str]) -> None:
    absent = [name for name in required if name not in properties]
    if absent:
        raise FileRefused(RefusalReason.COLUMNS, f"{path.name} : propriétés absentes ({', '.join(absent)}).")


def _properties(feature: Any) -> Mapping[str, Any]:
    properties = feature.get("properties") if isinstance(feature, Mapping) else None
    return properties if isinstance(properties, Mapping) else {}


def code_of(feature: Any) -> str:
    """The code that a feature gives itself, valid or not."""
    return str(_properties(feature).get("code") or "")


def convert_commune(feature: Any, region: str) -> Commune | None:
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


SIREN = re.compile(r"\d{9}")
# Vintages of the bassins de vie, the latest first: INSEE names the columns BV2022 and LIBBV2022.
VINTAGES = ("2022", "2012")
# The sheet of INSEE's workbook that lists communes, under its names of several years.
COMPOSITION_SHEETS = ("Composition_communale", "COM")


def read_epci(path: Path) -> Iterator[RawRow]:
    """Objects of the JSON list of geo.api.gouv.fr (`nom`, `code`), numbered from 1."""
    with open_text(path) as text:
        try:
            rows = json.load(text)
        except (ValueError, RecursionError) as error:
            raise FileRefused(RefusalReason.UNREADABLE, f"{path.name} : JSON illisible ou tronqué.") from error
    if not isinstance(rows, list) or not rows or not all(isinstance(row, dict) for row in rows):
        raise FileRefused(RefusalReason.COLUMNS, f"{path.name} : attendu la liste JSON des EPCI de geo.api.gouv.fr.")
    _check_columns(path, rows[0], ("nom", "code"))
    for number, row in enumerate(rows, 1):
        yield RawRow(number, row)


def convert_epci(row: dict) -> tuple[str, str]:
    """(SIREN, name) of an EPCI; raise RowRejected with its reason."""
    code, name = str(row.get("code") or ""), str(row.get("nom") or "").strip()
    if not SIREN.fullmatch(code):
        raise RowRejected(RejectReason.BAD_IDENTIFIER, f"SIREN « {code} » mal formé ({name or 'sans nom'})")
    if not name:
        raise RowRejected(RejectReason.MISSING_VALUE, f"EPCI {code} : nom absent")
    return code, name


def read_living_areas(path: Path) -> tuple[str, Iterator[RawRow]]:
    """(vintage, rows) of INSEE's table of communes, CSV or XLSX, whatever the title rows above its header."""
    for vintage in VINTAGES:
        rows = _living_area_rows(path, vintage)
        try:
            first = next(rows, None)
        except FileRefused as refusal:
            if refusal.reason != RefusalReason.COLUMNS:
                raise
        else:
            return vintage, chain([first] if first else [], rows)
    known = " ou ".join(f"BV{vintage} et LIBBV{vintage}" for vintage in VINTAGES)
    raise FileRefused(RefusalReason.COLUMNS, f"{path.name} : colonnes attendues introuvables (CODGEO, {known}).")


def _living_area_rows(path: Path, vintage: str) -> Iterator[RawRow]:
    code, label = f"BV{vintage}", f"LIBBV{vintage}"
    for line, cells in read_table(path, (("CODGEO",), (code,), (label,)), sheet=COMPOSITION_SHEETS, legacy=True):
        yield RawRow(line, (cells["CODGEO"], cells[code], cells[label]))


def convert_living_area(row: tuple[str, str, str]) -> tuple[str, str, str]:
    """(commune, bassin de vie, its name); raise RowRejected with its reason."""
    commune, code, name = row
    for text in (commune, code):
        if not CODE.fullmatch(text):
            raise RowRejected(RejectReason.BAD_IDENTIFIER, f"code INSEE « {text} » mal formé")
    if not name:
        raise RowRejected(RejectReason.MISSING_VALUE, f"bassin de vie {code} : libellé absent")
    return commune, code, name
