"""What makes daily life in a place: amenities and travel times."""

from django.db import models
from django.db.models import Q

from guide.core.enums import Confidence
from guide.territories.enums import AmenityKind, TravelMode
from guide.territories.models.territory import Territory


class LifeQuerySet(models.QuerySet):
    """Reads of what makes daily life in a place."""

    def shown_in(self, territory_id: int):
        """Rows of the communes of a place (a commune contains itself), save those that their list no longer has."""
        return self.filter(commune__outer_links__outer=territory_id, missing_since=None)


class DailyLife(models.Model):
    """Abstract: a row of a list about daily life. `source_date` keeps the precision of the source."""

    source = models.CharField("source", max_length=500)
    source_date = models.CharField("date de la source", max_length=40, blank=True)
    confidence = models.CharField("confiance", max_length=6, choices=Confidence.choices, blank=True)
    missing_since = models.DateField("absent de la source depuis", null=True, blank=True)

    objects = LifeQuerySet.as_manager()

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
