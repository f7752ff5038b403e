"""App configuration."""

from django.apps import AppConfig

from guide.publishing.access import Access


class TerritoriesConfig(AppConfig):
    """Places, their contours, zonings and figures."""

    name = "guide.territories"
    label = "territories"
    verbose_name = "Territoires"
    access = {
        "*": Access.READ,
        "Indicator": Access.REGIONAL,
        "TerritoryRemark": Access.LOCAL,
        "Zoning": Access.REGIONAL,
        "ZoningEdition": Access.REGIONAL,
    }
