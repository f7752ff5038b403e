"""The editors' form of a testimonial: what must be there before it is published, said before the save."""

from django import forms
from django.core.exceptions import ValidationError

from guide.backoffice.life_cycle import STEP
from guide.core.enums import Status
from guide.core.rich_text import citations
from guide.editorial.models.testimonial import NO_CONSENT
from guide.editorial.testimonials.vocabulary import Origin

CONSENT = ("consented_at", "consent_version", "consent_text")
NO_SOURCE = "Des propos rapportés nomment leur source : citez-la dans le texte, ou choisissez-la plus bas."


class TestimonialForm(forms.ModelForm):
    """A testimonial."""

    def clean(self):
        """An offered text is published with consent, a reported one with a source."""
        found = super().clean()
        is_shown = self.data.get(STEP) == "publish" or self.instance.status == Status.PUBLISHED
        origin = found.get("origin", self.instance.origin)
        if is_shown and origin == Origin.OFFERED and not found.get("consented_at", self.instance.consented_at):
            raise ValidationError(NO_CONSENT)
        if (
            is_shown
            and origin == Origin.REPORTED
            and not found.get("references")
            and not citations(found.get("body", ""))
        ):
            raise ValidationError(NO_SOURCE)
        return found
