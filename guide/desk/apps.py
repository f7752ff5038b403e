"""App configuration."""

from django.apps import AppConfig

from guide.backoffice.access import Access


class DeskConfig(AppConfig):
    """Whom to call."""

    name = "guide.desk"
    label = "desk"
    verbose_name = "Contacts"
    access = {"*": Access.LOCAL}
