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
        "Reference": Access.OWN,
        **dict.fromkeys(("Document", "GlossaryTerm", "Partner"), Access.REGIONAL),
        **dict.fromkeys(
            ("PracticeFit", "PracticeKind", "PracticeOption", "PracticePoint", "PracticeStep"), Access.REGIONAL
        ),
    }
