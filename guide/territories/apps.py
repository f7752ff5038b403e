"""App configuration."""

from django.apps import AppConfig


class TerritoriesConfig(AppConfig):
    """Places, their contours, zonings and figures."""

    name = "guide.territories"
    label = "territories"
    verbose_name = "Territoires"
