"""Choices of the editorial content; codes as content files and addresses write them."""

from django.db import models


class Section(models.TextChoices):
    """Where a page stands."""

    REGION = "region", "la région"
    DEPARTMENT = "departement", "les départements"
    GUIDE = "guide", "guides pratiques"
    SITE = "site", "le site"


# The page that lists the others of its section, when it exists.
HUBS = {Section.REGION: "la-region", Section.DEPARTMENT: "les-departements", Section.GUIDE: "guides"}


class NewsKind(models.TextChoices):
    """What a news item is: what happens here, or what is tried elsewhere."""

    NEWS = "actualite", "actualité"
    INITIATIVE = "initiative", "initiative"
