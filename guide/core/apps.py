"""App configuration."""

from django.apps import AppConfig


class CoreConfig(AppConfig):
    """What every page, sheet and import stands on."""

    name = "guide.core"
    label = "core"
    verbose_name = "Imports et adresses"
