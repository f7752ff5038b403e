"""Communes of the region as importers need them: by INSEE code, with the box that a position must fit."""

from collections import defaultdict
from dataclasses import dataclass
from functools import lru_cache

from django.conf import settings
from pyproj import Transformer

from guide.core.enums import RefusalReason, RejectReason
from guide.core.imports.contract import FileRefused, RowRejected
from guide.territories.cog import department_of
from guide.territories.enums import TerritoryKind
from guide.territories.models import PostalCode, Territory
from structures.enums import CoordinateSource

# About 15 km: an establishment may stand outside the commune that its file names, not in another region.
MARGIN_DEGREES = 0.15
LAMBERT_93 = 2154
DECIMALS = 5  # of a degree: about one metre


@dataclass(frozen=True, slots=True)
class KnownCommune:
    """A commune. `bbox` is [west, south, east, north] in degrees, None when unknown."""

    pk: int
    code: str
    name: str
    latitude: float | None
    longitude: float | None
    bbox: tuple[float, float, float, float] | None
    postal_codes: tuple[str, ...]

    def centre(self) -> list:
        """[latitude, longitude, origin] of what stands somewhere in it; [] when nobody knows where it is."""
        known = self.latitude is not None
        return [self.latitude, self.longitude, str(CoordinateSource.COMMUNE)] if known else []

    def holds(self, latitude: float, longitude: float) -> bool:
        """Whether a position lies in the commune's box, enlarged; without a box, anything near its centre."""
        box = self.bbox
        if box is None and self.latitude is not None and self.longitude is not None:
            box = (self.longitude, self.latitude, self.longitude, self.latitude)
        if box is None:
            return True
        west, south, east, north = box
        return (
            west - MARGIN_DEGREES <= longitude <= east + MARGIN_DEGREES
            and south - MARGIN_DEGREES <= latitude <= north + MARGIN_DEGREES
        )


class KnownCommunes:
    """The communes that the database holds, and the departments of the region that this installation serves."""

    def __init__(self):
        codes = defaultdict(list)
        for commune, code in PostalCode.objects.order_by("code").values_list("commune", "code"):
            codes[commune].append(code)
        rows = Territory.objects.filter(kind=TerritoryKind.COMMUNE, missing_since=None)
        self.by_code = {
            row[1]: KnownCommune(*row[:5], bbox=tuple(row[5]) if row[5] else None, postal_codes=tuple(codes[row[0]]))
            for row in rows.values_list("pk", "code", "name", "latitude", "longitude", "bbox")
        }
        self.departments = {department_of(code) for code in self.by_code}
        if not self.by_code:
            raise FileRefused(
                RefusalReason.WRONG_REGION,
                f"Aucune commune de la région {settings.REGION} n'est chargée : importez d'abord les territoires.",
            )

    def find(self, code: str) -> KnownCommune:
        """The commune of an INSEE code; RowRejected when it is not one of the region today."""
        commune = self.by_code.get(code)
        if commune is None:
            told = f"code INSEE {code or 'absent'} inconnu (commune fusionnée ?)"
            raise RowRejected(RejectReason.UNKNOWN_COMMUNE, told)
        return commune


def check_position(commune: KnownCommune, latitude: float, longitude: float) -> tuple[float, float]:
    """The position, rounded, if it lies near its commune; RowRejected otherwise, telling a swap from a stray."""
    if commune.holds(latitude, longitude):
        return round(latitude, DECIMALS), round(longitude, DECIMALS)
    if commune.holds(longitude, latitude):
        raise RowRejected(
            RejectReason.SWAPPED_COORDINATES,
            f"latitude {latitude:.5f} et longitude {longitude:.5f} inversées pour {commune.name}",
        )
    raise RowRejected(
        RejectReason.OUT_OF_AREA, f"position {latitude:.5f}, {longitude:.5f} loin de {commune.name} ({commune.code})"
    )


def from_grid(commune: KnownCommune, x: float, y: float, epsg: int = LAMBERT_93) -> tuple[float, float]:
    """(latitude, longitude) of grid coordinates in metres; RowRejected as `check_position` does."""
    longitude, latitude = transformer(epsg).transform(x, y)
    if not commune.holds(latitude, longitude):
        swapped_longitude, swapped_latitude = transformer(epsg).transform(y, x)
        if commune.holds(swapped_latitude, swapped_longitude):
            raise RowRejected(
                RejectReason.SWAPPED_COORDINATES, f"coordonnées X {x:.1f} et Y {y:.1f} inversées pour {commune.name}"
            )
    return check_position(commune, latitude, longitude)


@lru_cache
def transformer(epsg: int) -> Transformer:
    """From a French grid (Lambert-93 or overseas) to WGS84 degrees, x then y."""
    return Transformer.from_crs(epsg, 4326, always_xy=True)
