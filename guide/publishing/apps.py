"""App configuration."""

from django.apps import AppConfig
from django.db.models.signals import post_migrate

from guide.publishing.access import Access


class PublishingConfig(AppConfig):
    """Life cycle of content, roles of editors, and imports."""

    name = "guide.publishing"
    label = "publishing"
    verbose_name = "Publication et imports"
    access = {
        "AttemptCount": Access.CLOSED,
        "ContentVersion": Access.CLOSED,
        "Digest": Access.CLOSED,
        "EditorComment": Access.READ,
        "ImportReject": Access.READ,
        "ImportRun": Access.READ,
        "Invitation": Access.READ,
        "LinkCheck": Access.READ,
        "LinkUse": Access.READ,
        "Perimeter": Access.CLOSED,
        "Proposal": Access.READ,
        "SlugRedirect": Access.READ,
    }

    def ready(self):
        """The groups of the roles follow the models: new ones get their permissions at each migration."""
        post_migrate.connect(_sync_roles, sender=self)


def _sync_roles(**kwargs) -> None:
    from guide.publishing.roles import sync_roles

    sync_roles()
