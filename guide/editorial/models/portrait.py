"""The portrait of who speaks in a testimonial."""

from django.db import models

from guide.core.images.models import Picture
from guide.editorial.models.testimonial import Testimonial


class TestimonialPortrait(Picture):
    """A portrait shows somebody: it always has the day on which that person agreed."""

    people_shown = None
    consent_on = models.DateField("accord de la personne recueilli le")
    testimonial = models.OneToOneField(
        Testimonial, on_delete=models.CASCADE, related_name="portrait", verbose_name="témoignage"
    )

    class Meta:
        verbose_name = "portrait"
