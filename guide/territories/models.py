"""Places, their closure, contours, zonings and figures. One table for all kinds of places."""

from datetime import date

from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone

from guide.publishing.enums import Confidence
from guide.territories.enums import (
    AmenityKind,
    Better,
    Extent,
    Family,
    Level,
    Scheme,
    TerritoryKind,
    TravelMode,
)


class TerritoryQuerySet(models.QuerySet):
    """Reads of places."""

    def live(self):
        """Places that a visitor may see: those of the region that its sources still hold."""
        return self.filter(missing_since=None).exclude(kind=TerritoryKind.COUNTRY)

    def of_kind(self, kind: TerritoryKind):
        """Places of one kind."""
        return self.filter(kind=kind)

    def within(self, territory: "Territory | int"):
        """Places inside `territory` (an object or its primary key), itself included."""
        return self.filter(outer_links__outer=territory)


class Territory(models.Model):
    """A place: region, department, EPCI, bassin de vie, commune… `code` is its official code.

    Population is the one of the last census named by `source`; area in km², equal-area projection;
    latitude and longitude (WGS84 degrees) are the town hall of a commune, else a point inside.
    `bbox` is [west, south, east, north] in degrees.
    """

    kind = models.CharField("type", max_length=12, choices=TerritoryKind.choices)
    code = models.CharField("code officiel", max_length=20)
    name = models.CharField("nom", max_length=120)
    slug = models.SlugField("adresse", max_length=140, unique=True)
    search_name = models.CharField("nom normalisé", max_length=120, db_index=True, editable=False)
    parent = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="children", verbose_name="dans"
    )
    within = models.ManyToManyField(
        "self", through="Containment", symmetrical=False, related_name="contents", verbose_name="contenu dans"
    )
    neighbours = models.ManyToManyField("self", symmetrical=True, blank=True, verbose_name="voisins")
    population = models.PositiveIntegerField("population", null=True, blank=True)
    area_km2 = models.FloatField("superficie (km²)", null=True, blank=True)
    latitude = models.FloatField(null=True, blank=True)
    longitude = models.FloatField(null=True, blank=True)
    bbox = models.JSONField("emprise", null=True, blank=True)
    extent = models.CharField("étendue", max_length=8, choices=Extent.choices, default=Extent.WHOLE)
    source = models.CharField("source", max_length=500, blank=True)
    source_date = models.CharField("date de la source", max_length=40, blank=True)
    missing_since = models.DateField("absent de la source depuis", null=True, blank=True)

    objects = TerritoryQuerySet.as_manager()

    class Meta:
        verbose_name = "territoire"
        ordering = ["search_name", "code"]
        constraints = [
            models.UniqueConstraint(fields=["kind", "code"], name="territories_kind_code_unique"),
            models.CheckConstraint(name="territories_area_positive", condition=Q(area_km2=None) | Q(area_km2__gt=0)),
            models.CheckConstraint(
                name="territories_position_whole",
                condition=Q(latitude=None, longitude=None)
                | Q(
                    latitude__isnull=False,
                    longitude__isnull=False,
                    latitude__range=(-90, 90),
                    longitude__range=(-180, 180),
                ),
            ),
        ]
        indexes = [models.Index(fields=["kind", "search_name"], name="territories_kind_name")]

    def __str__(self):
        return self.name

    def get_absolute_url(self) -> str:
        """Address of the place's page."""
        return reverse("territories:detail", args=[self.slug])


class Containment(models.Model):
    """One pair of the closure: `inner` lies in `outer`. Every place contains itself."""

    inner = models.ForeignKey(Territory, on_delete=models.CASCADE, related_name="outer_links")
    outer = models.ForeignKey(Territory, on_delete=models.CASCADE, related_name="inner_links")

    class Meta:
        verbose_name = "inclusion"
        constraints = [models.UniqueConstraint(fields=["outer", "inner"], name="territories_containment_unique")]

    def __str__(self):
        return f"{self.inner_id} ⊂ {self.outer_id}"


class PostalCode(models.Model):
    """A postal code of a commune: a commune has several, and a code serves several communes."""

    code = models.CharField("code postal", max_length=5, db_index=True)
    commune = models.ForeignKey(Territory, on_delete=models.CASCADE, related_name="postal_codes")

    class Meta:
        verbose_name = "code postal"
        verbose_name_plural = "codes postaux"
        constraints = [models.UniqueConstraint(fields=["code", "commune"], name="territories_postal_unique")]

    def __str__(self):
        return self.code


class Contour(models.Model):
    """Shapes of a place, apart from it so that lists never load them; kept as text, served as they stand.

    `full` and `simplified` are GeoJSON geometries. `path_fine` and `path_coarse` are SVG path data in the
    units of `guide.territories.projection`, for server-drawn maps at the scale of a commune and of a region.
    """

    territory = models.OneToOneField(Territory, on_delete=models.CASCADE, primary_key=True, related_name="contour")
    full = models.TextField()
    simplified = models.TextField()
    path_fine = models.TextField()
    path_coarse = models.TextField()

    class Meta:
        verbose_name = "contour"

    def __str__(self):
        return f"contour {self.territory_id}"


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


class ZoningQuerySet(models.QuerySet):
    """Reads of zonings."""

    def at(self, day: date | None = None):
        """Rows of the editions in force on `day` (default: today), save those that a correction took out."""
        day = day or timezone.localdate()
        return self.filter(
            Q(edition__valid_to=None) | Q(edition__valid_to__gte=day),
            edition__valid_from__lte=day,
            missing_since=None,
        )


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

    objects = ZoningQuerySet.as_manager()

    class Meta:
        verbose_name = "classement"
        constraints = [
            models.UniqueConstraint(fields=["edition", "territory", "level"], name="territories_zoning_unique")
        ]

    def __str__(self):
        return f"{self.territory_id} {self.level}"


class Indicator(models.Model):
    """A figure that places can have. One indicator has one definition: counts of different sources never mix.

    `headcount`: the figure counts persons, and a value from 1 to 4 is masked, because it could identify them.
    `provenance` tells what the last catalogue gave from what an editor changed (publishing/imports/merge.py).
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
        return f"{self.indicator_id} {self.territory_id} {self.year}"


class LifeQuerySet(models.QuerySet):
    """Reads of what makes daily life in a place."""

    def shown_in(self, territory_id: int):
        """Rows of the communes of a place (a commune contains itself), save those that their list no longer has."""
        return self.filter(commune__outer_links__outer=territory_id, missing_since=None)


class Amenity(models.Model):
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
    source = models.CharField("source", max_length=500)
    source_date = models.CharField("date de la source", max_length=40, blank=True)
    confidence = models.CharField("confiance", max_length=6, choices=Confidence.choices, blank=True)
    missing_since = models.DateField("absent de la source depuis", null=True, blank=True)

    objects = LifeQuerySet.as_manager()

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


class TravelTime(models.Model):
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
    source = models.CharField("source", max_length=500)
    source_date = models.CharField("date de la source", max_length=40, blank=True)
    confidence = models.CharField("confiance", max_length=6, choices=Confidence.choices, blank=True)
    missing_since = models.DateField("absent de la source depuis", null=True, blank=True)

    objects = LifeQuerySet.as_manager()

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
