"""News of the region, and what is tried elsewhere."""

from django.db import models
from django.db.models import Q
from django.urls import reverse

from guide.core.models import PublishableQuerySet
from guide.editorial.enums import NewsKind
from guide.editorial.models.content import Content, optional_territory
from structures.enums import DatePrecision


class NewsQuerySet(PublishableQuerySet):
    """Reads of news."""

    def newest_first(self):
        """By date of the fact told, then by title: an order that never changes between two pages."""
        return self.order_by("-published_on", "title", "pk")


class NewsItem(Content):
    """A dated short article. The date is the one of the fact; what is not known of it is stored as the first."""

    kind = models.CharField("rubrique", max_length=12, choices=NewsKind.choices)
    published_on = models.DateField("date")
    precision = models.CharField(
        "précision de la date", max_length=5, choices=DatePrecision.choices, default=DatePrecision.DAY
    )
    place = models.CharField("lieu", max_length=120, blank=True)
    territory = optional_territory()

    objects = NewsQuerySet.as_manager()

    class Meta(Content.Meta):
        verbose_name = "actualité"
        ordering = ["-published_on", "title"]
        constraints = [
            *Content.Meta.constraints,
            models.CheckConstraint(
                name="editorial_news_date_precision",
                condition=Q(precision=DatePrecision.DAY)
                | Q(precision=DatePrecision.MONTH, published_on__day=1)
                | Q(precision=DatePrecision.YEAR, published_on__day=1, published_on__month=1),
                violation_error_message="Une date connue au mois ou à l'année s'écrit avec le premier jour.",
            ),
        ]
        indexes = [models.Index(fields=["-published_on"], name="editorial_news_date")]

    def get_absolute_url(self) -> str:
        return reverse("editorial:news_item", args=[self.slug])

    def partial_date(self) -> str:
        """What is known of the date, as content files write it: "2024", "2024-10" or "2024-10-08"."""
        lengths = {DatePrecision.YEAR: 4, DatePrecision.MONTH: 7}
        return self.published_on.isoformat()[: lengths.get(self.precision, 10)]
