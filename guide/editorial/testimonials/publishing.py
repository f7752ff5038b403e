"""What must be there before a testimonial is published: said by its form, and by a step of the list."""

from django import forms
from django.core.exceptions import ValidationError

from guide.backoffice.life_cycle import STEP
from guide.backoffice.writing import Check, Stop
from guide.core.enums import Status
from guide.core.rich_text import citations
from guide.editorial.models import Testimonial
from guide.editorial.models.testimonial import NO_CONSENT
from guide.editorial.testimonials.vocabulary import Origin

CONSENT = ("consented_at", "consent_version", "consent_text")
NO_SOURCE = "Des propos rapportés nomment leur source : citez-la dans le texte, ou choisissez-la plus bas."


class TestimonialForm(forms.ModelForm):
    """The editors' form: an offered text is published with consent, a reported one with a source."""

    def clean(self):
        found = super().clean()
        if self.data.get(STEP) != "publish" and self.instance.status != Status.PUBLISHED:
            return found
        origin = found.get("origin", self.instance.origin)
        if origin == Origin.OFFERED and not found.get("consented_at", self.instance.consented_at):
            raise ValidationError(NO_CONSENT)
        is_sourced = found.get("references") or citations(found.get("body", ""))
        if origin == Origin.REPORTED and not is_sourced:
            raise ValidationError(NO_SOURCE)
        return found


class ConsentCheck(Check):
    """Of a step of the list: what its author took back stays where it is, what lacks consent is not published."""

    def before(self):
        write = self.write
        if write.step is None or write.save:
            return None
        kept = Testimonial.objects.filter(pk__in=write.keys, withdrawn_at=None)
        write.keys = list(kept.values_list("pk", flat=True))
        if write.step.target == Status.PUBLISHED and kept.lacking_consent().exists():
            return Stop([NO_CONSENT])
        return None
