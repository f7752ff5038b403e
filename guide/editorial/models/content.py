"""What every editorial sheet shares: its address, its text, and the sources that its figures name."""

from django.db import models

from guide.core.models import Imported, Publishable, link_to_user
from guide.territories.models import Territory


def optional_territory() -> models.ForeignKey:
    """The place that a row is about, or none: it is the perimeter of the row."""
    return models.ForeignKey(
        Territory, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name="territoire"
    )


class Reference(Imported):
    """A source that texts cite: who published what, and when.

    `label` is how a citation prints it, with its year ("Département de l'Indre, vers 2022"); `year` has the
    precision of the source ("2018", "vers 2020", "octobre 2024").
    """

    code = models.SlugField("code", max_length=60, unique=True)
    title = models.CharField("titre", max_length=300)
    publisher = models.CharField("éditeur", max_length=200, blank=True)
    label = models.CharField("citation courte", max_length=120)
    year = models.CharField("année", max_length=40)
    url = models.URLField("adresse", max_length=500, blank=True)
    created_by = link_to_user("ajoutée par", editable=False)

    class Meta:
        verbose_name = "source"
        ordering = ["code"]

    def __str__(self):
        return self.label


class Content(Publishable, Imported):
    """A sheet written by people. `body` is rich text, cleaned (guide/core/rich_text.py).

    A citation stays in the text as `[@code]`, and is turned into its source when the page is made. `references`
    are the sources of the sheet that its text does not cite.
    """

    slug = models.SlugField("adresse de la page", max_length=140, unique=True)
    title = models.CharField("titre", max_length=200)
    summary = models.CharField("en une phrase", max_length=400, blank=True)
    body = models.TextField("texte", blank=True)
    references = models.ManyToManyField(Reference, blank=True, related_name="+", verbose_name="autres sources")

    class Meta(Publishable.Meta):
        abstract = True

    def __str__(self):
        return self.title
