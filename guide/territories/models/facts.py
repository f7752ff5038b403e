"""What is known of places: zonings (one edition for each delivery), figures, daily life, remarks of editors."""

from datetime import date

from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from guide.core.enums import Confidence
from guide.territories.enums import AmenityKind, Better, Family, Level, RemarkKind, Scheme, TravelMode
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


class DailyLife(models.Model):
    """Abstract: a row of a list about daily life. `source_date` keeps the precision of the source."""

    source = models.CharField("source", max_length=500)
    source_date = models.CharField("date de la source", max_length=40, blank=True)
    confidence = models.CharField("confiance", max_length=6, choices=Confidence.choices, blank=True)
    missing_since = models.DateField("absent de la source depuis", null=True, blank=True)

    class Meta:
        abstract = True


class Amenity(DailyLife):
    """A place or an event that counts when one settles: station, lycée, museum, stage, university, park…

    `commune` is empty when it covers several communes. The lists that give them are incomplete, so that the
    absence of a row says nothing.
    """

    kind = models.CharField("type", max_length=20, choices=AmenityKind.choices)
    name = models.CharField("nom", max_length=200)
    commune = models.ForeignKey(
        Territory, on_delete=models.CASCADE, null=True, blank=True, related_name="amenities", verbose_name="commune"
    )
    details = models.CharField("précisions", max_length=500, blank=True)

    class Meta:
        verbose_name = "lieu de vie"
        verbose_name_plural = "lieux de vie"
        ordering = ["kind", "name"]
        constraints = [
            models.UniqueConstraint(fields=["kind", "name", "commune"], name="territories_amenity_unique"),
            # Two NULL communes differ for a unique index: wide places need a rule of their own.
            models.UniqueConstraint(
                fields=["kind", "name"], condition=Q(commune=None), name="territories_wide_amenity_unique"
            ),
        ]

    def __str__(self):
        return self.name


class TravelTime(DailyLife):
    """A time that a source states from a commune to a town, in minutes.

    Several rows of one pair are different trains or sources: pages show their range, never a mean.
    """

    commune = models.ForeignKey(
        Territory, on_delete=models.CASCADE, related_name="travel_times", verbose_name="commune"
    )
    from_place = models.CharField("départ", max_length=120)
    to_place = models.CharField("arrivée", max_length=120)
    mode = models.CharField("moyen", max_length=5, choices=TravelMode.choices)
    minutes = models.PositiveSmallIntegerField("minutes")
    details = models.CharField("précisions", max_length=500, blank=True)

    class Meta:
        verbose_name = "temps de trajet"
        verbose_name_plural = "temps de trajet"
        ordering = ["from_place", "to_place", "mode", "minutes"]
        constraints = [
            models.UniqueConstraint(
                fields=["commune", "from_place", "to_place", "mode", "minutes"], name="territories_travel_time_unique"
            ),
            models.CheckConstraint(name="territories_travel_time_positive", condition=Q(minutes__gt=0)),
        ]

    def __str__(self):
        return f"{self.from_place} → {self.to_place}"


class RemarkQuerySet(models.QuerySet):
    """Reads of remarks."""

    def live(self):
        """Remarks that the last list still holds, and those of editors."""
        return self.filter(missing_since=None)


class TerritoryRemark(models.Model):
    """One sentence on a place, with its source: an asset, or something to know before coming.

    `external_id` names the sentence in the imported list, empty when an editor wrote it; `provenance` tells what
    that list gave from what an editor changed (guide/core/imports/merge.py).
    """

    territory = models.ForeignKey(
        Territory, on_delete=models.CASCADE, related_name="remarks", verbose_name="territoire"
    )
    kind = models.CharField("type", max_length=10, choices=RemarkKind.choices)
    text = models.CharField("texte", max_length=400)
    source = models.CharField("source", max_length=500)
    source_url = models.URLField("adresse de la source", max_length=500, blank=True)
    year = models.CharField("année", max_length=40)
    position = models.PositiveSmallIntegerField("ordre", default=100)
    external_id = models.CharField("identifiant dans la liste", max_length=40, blank=True, editable=False)
    provenance = models.JSONField("provenance des champs", default=dict, blank=True, editable=False)
    missing_since = models.DateField("absente de la liste depuis", null=True, blank=True)

    objects = RemarkQuerySet.as_manager()

    class Meta:
        verbose_name = "atout ou point à savoir"
        verbose_name_plural = "atouts et points à savoir"
        ordering = ["territory", "kind", "position", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["territory", "kind", "text"], name="territories_remark_unique"),
            models.UniqueConstraint(
                fields=["external_id"], condition=~models.Q(external_id=""), name="territories_remark_external_unique"
            ),
            models.CheckConstraint(
                name="territories_remark_sourced",
                condition=~models.Q(source="") & ~models.Q(year=""),
                violation_error_message="Une source et une année sont obligatoires.",
            ),
        ]

    def __str__(self):
        return self.text
