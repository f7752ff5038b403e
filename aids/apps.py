"""App configuration."""

from django.apps import AppConfig


class AidsConfig(AppConfig):
    """Aids to doctors."""

    name = "aids"
    verbose_name = "aides aux médecins"
