"""App configuration."""

from django.apps import AppConfig


class DeskConfig(AppConfig):
    """Floor 4."""

    name = "guide.desk"
    label = "desk"
    verbose_name = "contacts"
