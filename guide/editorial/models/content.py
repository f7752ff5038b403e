"""Editorial sheets: what they share (address, text, sources that their figures name), pages, news, meetings."""

from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone

from guide.core.models import Imported, Publishable, PublishableQuerySet, link_to_user
from guide.editorial.enums import NewsKind, Section
from guide.territories.models import Territory
from structures.enums import DatePrecision


def optional_territory() -> models.ForeignKey:
    """The place that a row is about, or none: it is the perimeter of the row."""
    return models.ForeignKey(
        Territory, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name="territoire"
    )


class Reference(Imported):
    """A source that texts cite: who published what, and when.

    `label` is how a citation prints it, with its year ("Département de l'Indre, vers 2022"); `year` has the
    precision of the source ("2018", "vers 2020", "octobre 2024").
    """

    code = models.SlugField("code", max_length=60, unique=True)
    title = models.CharField("titre", max_length=300)
    publisher = models.CharField("éditeur", max_length=200, blank=True)
    label = models.CharField("citation courte", max_length=120)
    year = models.CharField("année", max_length=40)
    url = models.URLField("adresse", max_length=500, blank=True)
    created_by = link_to_user("ajoutée par", editable=False)

    class Meta:
        verbose_name = "source"
        ordering = ["code"]

    def __str__(self):
        return self.label


class Content(Publishable, Imported):
    """A sheet written by people. `body` is rich text, cleaned (guide/core/rich_text.py).

    A citation stays in the text as `[@code]`, and is turned into its source when the page is made. `references`
    are the sources of the sheet that its text does not cite.
    """

    slug = models.SlugField("adresse de la page", max_length=140, unique=True)
    title = models.CharField("titre", max_length=200)
    summary = models.CharField("en une phrase", max_length=400, blank=True)
    body = models.TextField("texte", blank=True)
    references = models.ManyToManyField(Reference, blank=True, related_name="+", verbose_name="autres sources")

    class Meta(Publishable.Meta):
        abstract = True

    def __str__(self):
        return self.title


class Page(Content):
    """A page of the site. `illustration` is the code of one of the site's own drawings, or nothing."""

    section = models.CharField("rubrique", max_length=12, choices=Section.choices)
    position = models.PositiveSmallIntegerField("rang dans la rubrique", default=0)
    territory = optional_territory()
    illustration = models.SlugField("illustration", max_length=60, blank=True)

    class Meta(Content.Meta):
        verbose_name = "page"
        ordering = ["section", "position", "title"]

    def get_absolute_url(self) -> str:
        return reverse("editorial:page", args=[self.slug])


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


class EventQuerySet(PublishableQuerySet):
    """Reads of events."""

    def upcoming(self):
        midnight = timezone.localtime().replace(hour=0, minute=0, second=0, microsecond=0)
        return self.filter(Q(starts_at__gte=midnight) | Q(ends_at__gte=midnight)).order_by("starts_at", "title")

    def past(self):
        """Dated events that are over, the latest first."""
        return self.exclude(starts_at=None).exclude(pk__in=self.upcoming().values("pk")).order_by("-starts_at")

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
