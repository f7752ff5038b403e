"""Words of the testimonials: stages of a life, where a text comes from, and what an author agrees to."""

from django.db.models import TextChoices


class Stage(TextChoices):
    """Where the author stands in a doctor's life, when the text is told."""

    STUDENT = "etudiant", "étudiant en médecine"
    INTERN = "interne", "interne"
    LOCUM = "remplacant", "remplaçant"
    SETTLING = "installation", "en cours d'installation"
    SETTLED = "installe", "installé"
    END_OF_CAREER = "fin-de-carriere", "en fin de carrière"


class Origin(TextChoices):
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
