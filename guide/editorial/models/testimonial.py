"""What doctors tell: reported from a public document, or offered by their author with consent."""

from django.db import models
from django.db.models import Case, Q, Value, When
from django.urls import reverse

from aids.vocabulary import Mode, Specialty
from guide.core.enums import Status
from guide.core.images.models import Picture
from guide.core.models import PublishableQuerySet
from guide.editorial.enums import Origin, Stage
from guide.editorial.models.content import Content, optional_territory
from guide.editorial.models.practice import PracticeOption
from guide.territories.models import Containment
from structures.models import Structure

# Addresses that stand beside those of the testimonials.
TAKEN_SLUGS = ("proposer", "merci", "retirer")
NO_CONSENT = "Sans l'accord daté de son auteur, un témoignage offert ne se publie pas."


class TestimonialQuerySet(PublishableQuerySet):
    """The read layer of the testimonials."""

    def newest_first(self):
        """The last ones received first: an order that never changes between two pages."""
        return self.order_by("-created_at", "-pk")

    def lacking_consent(self):
        """Offered ones whose author has not agreed: none of them may be published."""
        return self.filter(origin=Origin.OFFERED, consented_at=None)

    def about_place(self, territory: int):
        """Those of a place or of its parts, then those of the places that hold it."""
        inside = Containment.objects.filter(outer=territory).values("inner")
        around = Containment.objects.filter(inner=territory).values("outer")
        rank = Case(When(territory__in=inside, then=Value(0)), default=Value(1), output_field=models.IntegerField())
        found = self.filter(Q(territory__in=inside) | Q(territory__in=around))
        return found.annotate(distance=rank).order_by("distance", "-created_at", "-pk")


class Testimonial(Content):
    """One testimonial. `body` is rich text; `name` is how the author agrees to be called.

    `year` is when it was told, in the precision of its source ("vers 2022"). `summary` is the passage that lists
    show; without one they show the beginning of the text. What the author agreed to is kept word for word with its
    date; `contact_email` is never published. A withdrawn testimonial keeps its dates and nothing of its author.
    """

    name = models.CharField("nom publié", max_length=120, blank=True)
    role = models.CharField("fonction et lieu", max_length=200, blank=True)
    specialty = models.CharField("spécialité", max_length=30, choices=Specialty.choices, blank=True)
    mode = models.CharField("mode d'exercice", max_length=24, choices=Mode.choices, blank=True)
    stage = models.CharField("étape de vie", max_length=16, choices=Stage.choices, blank=True)
    year = models.CharField("année du témoignage", max_length=40, blank=True)
    arrival_year = models.PositiveSmallIntegerField("année d'arrivée", null=True, blank=True)
    territory = optional_territory()
    structure = models.ForeignKey(
        Structure, on_delete=models.SET_NULL, null=True, blank=True, related_name="+", verbose_name="structure"
    )
    option = models.ForeignKey(
        PracticeOption,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="façon d'exercer",
    )
    origin = models.CharField("provenance", max_length=8, choices=Origin.choices, default=Origin.REPORTED)
    contact_email = models.EmailField("courriel de l'auteur (jamais publié)", blank=True)
    consented_at = models.DateTimeField("accord donné le", null=True, blank=True)
    consent_version = models.CharField("version de l'accord", max_length=20, blank=True)
    consent_text = models.TextField("texte de l'accord", blank=True)
    withdrawn_at = models.DateTimeField("retiré par son auteur le", null=True, blank=True, editable=False)

    objects = TestimonialQuerySet.as_manager()

    class Meta(Content.Meta):
        verbose_name = "témoignage"
        ordering = ["-created_at", "-pk"]
        constraints = [
            *Content.Meta.constraints,
            models.CheckConstraint(
                name="editorial_testimonial_slug",
                condition=~Q(slug__in=TAKEN_SLUGS),
                violation_error_message="Cette adresse est celle d'une autre page.",
            ),
            models.CheckConstraint(
                name="editorial_testimonial_origin",
                condition=Q(origin__in=Origin.values),
            ),
            models.CheckConstraint(
                name="editorial_testimonial_consent",
                condition=~Q(status=Status.PUBLISHED) | Q(origin=Origin.REPORTED) | Q(consented_at__isnull=False),
                violation_error_message=NO_CONSENT,
            ),
            models.CheckConstraint(
                name="editorial_testimonial_consent_whole",
                condition=Q(consented_at=None, consent_version="", consent_text="")
                | Q(consented_at__isnull=False, consent_version__gt="", consent_text__gt=""),
                violation_error_message="Un accord a sa date, sa version et son texte.",
            ),
            models.CheckConstraint(
                name="editorial_testimonial_withdrawn",
                condition=Q(withdrawn_at=None)
                | Q(status=Status.ARCHIVED, name="", role="", summary="", body="", contact_email=""),
                violation_error_message="Un témoignage retiré ne garde rien de son auteur, et ne revient pas.",
            ),
        ]

    def get_absolute_url(self) -> str:
        return reverse("testimonials:detail", args=[self.slug])


class TestimonialPortrait(Picture):
    """A portrait shows somebody: it always has the day on which that person agreed."""

    people_shown = None
    consent_on = models.DateField("accord de la personne recueilli le")
    testimonial = models.OneToOneField(
        Testimonial, on_delete=models.CASCADE, related_name="portrait", verbose_name="témoignage"
    )

    class Meta:
        verbose_name = "portrait"
