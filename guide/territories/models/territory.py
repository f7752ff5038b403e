"""Places, their closure and contours. One table for all kinds of places."""

from django.db import models
from django.db.models import Q
from django.urls import reverse

from guide.territories.enums import Extent, TerritoryKind


class TerritoryQuerySet(models.QuerySet):
    """Reads of places."""

    def live(self):
        """Places that a visitor may see: those of the region that its sources still hold."""
        return self.filter(missing_since=None).exclude(kind=TerritoryKind.COUNTRY)

    def of_kind(self, kind: TerritoryKind):
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
    units of `guide.territories.positions`, for server-drawn maps at the scale of a commune and of a region.
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
