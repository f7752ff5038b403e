"""App configuration."""

from django.apps import AppConfig
from django.db.models.signals import post_migrate

from guide.backoffice.access import Access


class BackofficeConfig(AppConfig):
    """Roles and perimeters of editors, the life cycle and the history of sheets, and their upkeep."""

    name = "guide.backoffice"
    label = "backoffice"
    verbose_name = "Publication"
    access = {
        "*": Access.READ,
        "Digest": Access.CLOSED,
        "Perimeter": Access.CLOSED,
        "Version": Access.CLOSED,
        "DeletedSheet": Access.CLOSED,
    }

    def ready(self):
        """The groups of the roles follow the models at each migration; the history keeps what imports change."""
        from guide.backoffice.history.recording import note_import
        from guide.core.imports.engine import watch

        post_migrate.connect(_sync_roles, sender=self)
        watch(note_import)


def _sync_roles(**kwargs) -> None:
    from guide.backoffice.roles import sync_roles

    sync_roles()
