"""App configuration."""

from django.apps import AppConfig


class PublishingConfig(AppConfig):
    """Life cycle of content, and imports."""

    name = "guide.publishing"
    label = "publishing"
    verbose_name = "publication et imports"
