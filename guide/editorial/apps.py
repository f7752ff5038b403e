"""App configuration."""

from django.apps import AppConfig

from guide.backoffice.access import Access


class EditorialConfig(AppConfig):
    """Texts, ways to practise, testimonials, news, agenda, documents, glossary."""

    name = "guide.editorial"
    label = "editorial"
    verbose_name = "Contenus"
    access = {
        "*": Access.LOCAL,
        "Document": Access.REGIONAL,
        "GlossaryTerm": Access.REGIONAL,
        "Partner": Access.REGIONAL,
        "PracticeFit": Access.REGIONAL,
        "PracticeKind": Access.REGIONAL,
        "PracticeOption": Access.REGIONAL,
        "PracticePoint": Access.REGIONAL,
        "PracticeStep": Access.REGIONAL,
        "Reference": Access.OWN,
    }
