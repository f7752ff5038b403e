"""Places, their closure, contours, zonings, figures, daily life and remarks: one file per subject."""

from guide.territories.models.figures import Indicator, IndicatorValue
from guide.territories.models.life import Amenity, TravelTime
from guide.territories.models.remarks import TerritoryRemark
from guide.territories.models.territory import Containment, Contour, PostalCode, Territory, TerritoryQuerySet
from guide.territories.models.zonings import Zoning, ZoningEdition

__all__ = [
    "Amenity",
    "Containment",
    "Contour",
    "Indicator",
    "IndicatorValue",
    "PostalCode",
    "Territory",
    "TerritoryQuerySet",
    "TerritoryRemark",
    "TravelTime",
    "Zoning",
    "ZoningEdition",
]
