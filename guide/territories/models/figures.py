"""Figures of places, and the indicators that define them."""

from django.db import models
from django.db.models import Q

from guide.core.enums import Confidence
from guide.territories.enums import Better, Family
from guide.territories.models.territory import Territory


class Indicator(models.Model):
    """A figure that places can have. One indicator has one definition: counts of different sources never mix.

    `headcount`: the figure counts persons, and a value from 1 to 4 is masked, because it could identify them.
    `provenance` tells what the last catalogue gave from what an editor changed (guide/core/imports/merge.py).
    """

    code = models.SlugField("code", max_length=80, unique=True)
    label = models.CharField("libellé", max_length=160)
    unit = models.CharField("unité", max_length=60, blank=True)
    decimals = models.PositiveSmallIntegerField("décimales", default=0)
    family = models.CharField("famille", max_length=12, choices=Family.choices)
    better = models.CharField("sens favorable", max_length=6, choices=Better.choices, blank=True)
    note = models.TextField("à lire avec précaution", blank=True)
    headcount = models.BooleanField("effectif de personnes", default=False)
    position = models.PositiveSmallIntegerField("ordre", default=100)
    provenance = models.JSONField("provenance des champs", default=dict, blank=True, editable=False)

    history_children = ()
    history_links = ("values",)

    class Meta:
        verbose_name = "indicateur"
        ordering = ["family", "position", "label"]

    def __str__(self):
        return self.label


class IndicatorValue(models.Model):
    """One figure of one place for one period; `masked` when it could identify a person (fewer than 5).

    `year` is the year that orders and names the value; `period` is shown instead when the source gives a
    range, a quarter or a date ("2016-2022", "2024-T1", "vers 2023"). The latest value of an indicator is the
    first one by (-year, -period).
    """

    indicator = models.ForeignKey(
        Indicator, on_delete=models.CASCADE, related_name="values", verbose_name="indicateur"
    )
    territory = models.ForeignKey(
        Territory, on_delete=models.CASCADE, related_name="figures", verbose_name="territoire"
    )
    year = models.PositiveSmallIntegerField("année")
    period = models.CharField("période", max_length=40, blank=True)
    value = models.FloatField("valeur", null=True, blank=True)
    masked = models.BooleanField("masqué", default=False)
    source = models.CharField("source", max_length=500)
    source_url = models.URLField("adresse de la source", max_length=500, blank=True)
    confidence = models.CharField("confiance", max_length=6, choices=Confidence.choices, blank=True)

    class Meta:
        verbose_name = "valeur d'indicateur"
        verbose_name_plural = "valeurs d'indicateurs"
        constraints = [
            models.UniqueConstraint(
                fields=["territory", "indicator", "year", "period"], name="territories_indicator_value_unique"
            ),
            models.CheckConstraint(
                name="territories_masked_without_value",
                condition=Q(masked=True, value=None) | Q(masked=False, value__isnull=False),
            ),
        ]

    def __str__(self):
        return f"{self.indicator}, {self.territory}, {self.year}"
