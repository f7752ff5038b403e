"""The abbreviations that texts use."""

from django.db import models

from guide.core.models import Imported


class GlossaryTerm(Imported):
    """An abbreviation, what it stands for, and in one or two sentences what it is."""

    slug = models.SlugField("ancre", max_length=60, unique=True)
    abbreviation = models.CharField("abréviation", max_length=30, unique=True)
    expansion = models.CharField("en toutes lettres", max_length=200)
    definition = models.CharField("explication", max_length=600, blank=True)

    class Meta:
        verbose_name = "terme du glossaire"
        verbose_name_plural = "glossaire"
        ordering = ["abbreviation"]

    def __str__(self):
        return self.abbreviation
