"""Key figures: each with its year and its source, always."""

from django.db import models
from django.db.models import Q

from guide.core.models import Imported, Publishable
from guide.editorial.models.content import Reference, optional_territory


class KeyFigure(Publishable, Imported):
    """A figure. `value` is written as it is printed ("408", "près de 20"); `year` has the precision of the source."""

    code = models.SlugField("code", max_length=120, unique=True)
    label = models.CharField("ce que compte le chiffre", max_length=200)
    value = models.CharField("valeur", max_length=40)
    unit = models.CharField("unité", max_length=40, blank=True)
    year = models.CharField("année", max_length=40)
    reference = models.ForeignKey(Reference, on_delete=models.PROTECT, related_name="+", verbose_name="source")
    territory = optional_territory()
    on_home = models.BooleanField("sur la page d'accueil", default=False)
    position = models.PositiveSmallIntegerField("rang", default=0)

    class Meta(Publishable.Meta):
        verbose_name = "chiffre clé"
        verbose_name_plural = "chiffres clés"
        ordering = ["position", "label"]
        constraints = [
            *Publishable.Meta.constraints,
            models.CheckConstraint(name="editorial_figure_dated", condition=~Q(year="") & ~Q(value="")),
        ]

    def __str__(self):
        return f"{self.label} : {self.value}"
