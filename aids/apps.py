"""App configuration."""

from django.apps import AppConfig

from guide.backoffice.access import Access


class AidsConfig(AppConfig):
    """Aids to doctors."""

    name = "aids"
    verbose_name = "Aides aux médecins"
    access = {"*": Access.LOCAL, "Funder": Access.REGIONAL, "GoldenCase": Access.REGIONAL}
