"""Zonings: one edition for each delivery, one row for each commune that it classes."""

from datetime import date

from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from guide.core.enums import Confidence
from guide.territories.enums import Level, Scheme
from guide.territories.models.territory import Territory


class ZoningEditionQuerySet(models.QuerySet):
    """Reads of zoning editions."""

    def at(self, day: date | None = None):
        """Editions in force on `day` (default: today); both ends included."""
        day = day or timezone.localdate()
        return self.filter(Q(valid_to=None) | Q(valid_to__gte=day), valid_from__lte=day)


class ZoningEdition(models.Model):
    """One delivery of a zoning: what it is, where it speaks, from when to when, by which text.

    `exhaustive` says that a commune of `scope` which has no row is known to be outside the zoning; otherwise
    such a commune is unknown ("non renseigné"), and nothing may be deduced.
    """

    scheme = models.CharField("zonage", max_length=16, choices=Scheme.choices)
    label = models.CharField("intitulé", max_length=120)
    scope = models.ForeignKey(Territory, on_delete=models.PROTECT, related_name="+", verbose_name="périmètre")
    exhaustive = models.BooleanField("liste complète", default=False)
    valid_from = models.DateField("en vigueur depuis le")
    valid_to = models.DateField("jusqu'au", null=True, blank=True)
    date_note = models.CharField("précision sur les dates", max_length=250, blank=True)
    legal_reference = models.CharField("texte", max_length=250, blank=True)
    source = models.CharField("source", max_length=500)
    source_url = models.URLField("adresse de la source", max_length=500, blank=True)
    source_date = models.CharField("date de la source", max_length=40, blank=True)
    licence = models.CharField("licence", max_length=120, blank=True)

    objects = ZoningEditionQuerySet.as_manager()

    history_children = ()
    history_links = ("rows",)

    class Meta:
        verbose_name = "édition de zonage"
        verbose_name_plural = "éditions de zonage"
        ordering = ["scheme", "-valid_from"]
        constraints = [
            models.UniqueConstraint(
                fields=["scheme", "scope", "valid_from", "label"], name="territories_edition_unique"
            ),
            models.CheckConstraint(
                name="territories_edition_dates", condition=Q(valid_to=None) | Q(valid_to__gte=F("valid_from"))
            ),
        ]

    def __str__(self):
        return f"{self.label} ({self.valid_from:%d/%m/%Y})"


class Zoning(models.Model):
    """The level of one commune in one edition; `partial` when the level covers only a part of it.

    `missing_since`: the day when a corrected delivery of the same edition came without this row.
    """

    edition = models.ForeignKey(ZoningEdition, on_delete=models.CASCADE, related_name="rows", verbose_name="édition")
    territory = models.ForeignKey(Territory, on_delete=models.CASCADE, related_name="zonings", verbose_name="commune")
    level = models.CharField("niveau", max_length=8, choices=Level.choices)
    partial = models.BooleanField("sur une partie seulement", default=False)
    note = models.CharField("précision", max_length=250, blank=True)
    source = models.CharField("source de la ligne", max_length=500, blank=True)
    source_url = models.URLField("adresse de la source", max_length=500, blank=True)
    source_date = models.CharField("date de la source", max_length=40, blank=True)
    confidence = models.CharField("confiance", max_length=6, choices=Confidence.choices, blank=True)
    missing_since = models.DateField("absent de la source depuis", null=True, blank=True)

    class Meta:
        verbose_name = "classement"
        constraints = [
            models.UniqueConstraint(fields=["edition", "territory", "level"], name="territories_zoning_unique")
        ]

    def __str__(self):
        return f"{self.territory}\u00a0: {self.get_level_display()}"
