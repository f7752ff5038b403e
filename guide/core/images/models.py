"""What every picture of the site carries: words for those who do not see it, a credit, the consent of people."""

from uuid import uuid4

from django.db import models
from django.db.models import Q

from guide.core.images.making import ORIGINAL

FOLDER = "photos"


def folder(instance: models.Model, filename: str) -> str:
    """A folder of its own for each picture, under a name that nobody guesses and nothing of the sender's."""
    return f"{FOLDER}/{uuid4().hex}/{ORIGINAL}"


class Picture(models.Model):
    """Abstract: a picture of a sheet. `width` and `height` are those of the stored original, in pixels.

    Files outlive their row, so that the history of the sheet can bring it back.
    """

    image = models.FileField("image", upload_to=folder, max_length=120)
    width = models.PositiveIntegerField("largeur", editable=False, default=0)
    height = models.PositiveIntegerField("hauteur", editable=False, default=0)
    alternative = models.CharField("texte de remplacement", max_length=250)
    credit = models.CharField("crédit", max_length=150)
    people_shown = models.BooleanField("personnes reconnaissables", default=False)
    consent_on = models.DateField("accord des personnes recueilli le", null=True, blank=True)

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(
                name="%(app_label)s_%(class)s_consent",
                condition=Q(people_shown=False) | Q(consent_on__isnull=False),
                violation_error_message="Des personnes sont reconnaissables : indiquez le jour de leur accord.",
            ),
        ]

    def __str__(self):
        return self.alternative
