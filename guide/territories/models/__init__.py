"""Places, their closure and contours, and what is known of them."""

from guide.territories.models.facts import (
    Amenity,
    Indicator,
    IndicatorValue,
    TerritoryRemark,
    TravelTime,
    Zoning,
    ZoningEdition,
)
from guide.territories.models.territory import Containment, Contour, PostalCode, Territory, TerritoryQuerySet
