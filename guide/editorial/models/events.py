"""Meetings and evenings."""

from datetime import datetime

from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone

from guide.core.models import PublishableQuerySet
from guide.editorial.models.content import Content, optional_territory


class EventQuerySet(PublishableQuerySet):
    """Reads of events."""

    def upcoming(self, at: datetime | None = None):
        midnight = timezone.localtime(at).replace(hour=0, minute=0, second=0, microsecond=0)
        return self.filter(Q(starts_at__gte=midnight) | Q(ends_at__gte=midnight)).order_by("starts_at", "title")

    def past(self, at: datetime | None = None):
        """Dated events that are over, the latest first."""
        return self.exclude(starts_at=None).exclude(pk__in=self.upcoming(at).values("pk")).order_by("-starts_at")

    def undated(self):
        """Events whose date is not known, recurring ones above all."""
        return self.filter(starts_at=None).order_by("title")


class Event(Content):
    """A meeting. Times are those of the site's time zone; `all_day` when only the day is known.

    `recurrence` says in words when it comes back ("chaque été"); without a date, pages say so.
    """

    starts_at = models.DateTimeField("début", null=True, blank=True)
    ends_at = models.DateTimeField("fin", null=True, blank=True)
    all_day = models.BooleanField("heure inconnue, ou journée entière", default=False)
    recurrence = models.CharField("périodicité", max_length=200, blank=True)
    place = models.CharField("lieu", max_length=200, blank=True)
    organiser = models.CharField("organisateur", max_length=200, blank=True)
    territory = optional_territory()

    objects = EventQuerySet.as_manager()

    class Meta(Content.Meta):
        verbose_name = "événement"
        ordering = ["starts_at", "title"]
        constraints = [
            *Content.Meta.constraints,
            models.CheckConstraint(
                name="editorial_event_order",
                condition=Q(ends_at=None) | Q(starts_at__isnull=False, ends_at__gte=F("starts_at")),
                violation_error_message="La fin suit le début, et demande un début.",
            ),
        ]

    def get_absolute_url(self) -> str:
        return f"{reverse('editorial:agenda')}#{self.slug}"
