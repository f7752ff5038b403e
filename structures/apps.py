"""App configuration."""

from django.apps import AppConfig


class StructuresConfig(AppConfig):
    """Care structures."""

    name = "structures"
    verbose_name = "structures de soins"
