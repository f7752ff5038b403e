"""App configuration."""

from django.apps import AppConfig

from guide.backoffice.access import Access


class StructuresConfig(AppConfig):
    """Care structures."""

    name = "structures"
    verbose_name = "Structures de soins"
    access = {"*": Access.LOCAL, "CompletenessNote": Access.REGIONAL, "DuplicatePair": Access.READ}
