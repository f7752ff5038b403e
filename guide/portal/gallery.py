"""What the page of the components shows: examples of states, never data."""

import re
from typing import NamedTuple

from django.conf import settings

from guide.core import drawings
from structures.contact import ways
from structures.enums import SHORT_LABELS

COLOURS = (
    "color-page",
    "color-surface",
    "color-sunken",
    "color-border",
    "color-text",
    "color-muted",
    "color-accent",
    "color-accent-soft",
    "color-deep",
    "color-gold",
    "color-warm",
    "color-good",
    "color-notice",
    "color-focus",
)
SCALES = ("scale-1", "scale-2", "scale-3", "scale-4", "scale-5")
SIZES = (
    ("text-4xl", "Ouverture"),
    ("text-3xl", "Titre de page"),
    ("text-2xl", "Titre de section"),
    ("text-xl", "Titre de carte"),
    ("text-l", "Chapeau"),
    ("text-m", "Texte courant"),
    ("text-s", "Note"),
)
PICTOGRAMS = settings.BASE_DIR / "static" / "img" / "pictos.svg"


class RowExample(NamedTuple):
    """A row of a list, with one badge: its tone and its words."""

    kind: str
    name: str
    meta: str
    tone: str
    badge: str


ROWS = (
    RowExample("msp", "Une maison de santé", "MSP · Commune (Département)", "good", "Recrute"),
    RowExample("cpts", "Une CPTS", "CPTS · Commune (Département)", "accent", "Accueille des internes"),
    RowExample("hopital", "Un hôpital au nom assez long", "Hôpital · Commune", "quiet", "Position approximative"),
)
ILLUSTRATIONS = tuple(drawings.LABELS.items())
PARTS = (
    ("jetons", "Couleurs et tailles"),
    ("pictogrammes", "Pictogrammes"),
    ("dessins", "Dessins"),
    ("portes", "Entrées et cartes"),
    ("lignes", "Lignes et badges"),
    ("etapes", "Étapes, citation, contact"),
    ("formulaires", "Formulaires et messages"),
    ("donnees", "Chiffres et tableaux"),
)


def build() -> dict:
    """Context of portal/components.html."""
    pictograms = re.findall(r'<symbol id="([\w-]+)"', PICTOGRAMS.read_text(encoding="utf-8"))
    return {
        "breadcrumb": [("Composants", "")],
        "parts": PARTS,
        "colours": COLOURS,
        "scales": SCALES,
        "sizes": SIZES,
        "kinds": [(kind.value, label) for kind, label in SHORT_LABELS.items()],
        "pictos": [name for name in pictograms if name not in SHORT_LABELS],
        "illustrations": ILLUSTRATIONS,
        "ways": ways("01 23 45 67 89", "contact@exemple.fr", "https://exemple.fr/"),
        "rows": ROWS,
        "steps": (
            ("Appeler", "La personne qui suit le dossier.", "Dès maintenant"),
            ("Visiter", "", "Un mois avant"),
            ("S'installer", "Ce qui reste à faire.", ""),
        ),
        "chips": [("Indre", "#formulaires"), ("Maison de santé", "#formulaires")],
        "pages": [("1", "", True), ("2", "#formulaires", False), ("…", "", False), ("9", "#formulaires", False)],
    }
