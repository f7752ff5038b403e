"""App configuration."""

from django.apps import AppConfig


class EditorialConfig(AppConfig):
    """Floor 4."""

    name = "guide.editorial"
    label = "editorial"
    verbose_name = "contenus"
