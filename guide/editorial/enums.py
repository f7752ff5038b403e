"""Choices of the editorial content, codes as content files and addresses write them; what an author agrees to."""

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


class Stage(models.TextChoices):
    """Where the author stands in a doctor's life, when the text is told."""

    STUDENT = "etudiant", "étudiant en médecine"
    INTERN = "interne", "interne"
    LOCUM = "remplacant", "remplaçant"
    SETTLING = "installation", "en cours d'installation"
    SETTLED = "installe", "installé"
    END_OF_CAREER = "fin-de-carriere", "en fin de carrière"


class Origin(models.TextChoices):
    """Where a testimonial comes from: it decides what must be there before it is published."""

    REPORTED = "rapporte", "rapporté d'un document public"
    OFFERED = "offert", "offert par son auteur"


# The version changes with any word of the text: each testimonial keeps both, as its author read them.
CONSENT_VERSION = "2026-11"
CONSENT_TEXT = (
    "J'accepte que ce site publie mon témoignage avec le nom et les précisions que j'ai donnés ci-dessus. "
    "Je peux le retirer à tout moment, sans dire pourquoi, par le lien que le site me remet. "
    "Mon adresse électronique n'est jamais publiée."
)
