"""Which testimonials a step of the list may move: a form says it at its fields (admin_form.py)."""

from guide.backoffice.writing import Check, Stop
from guide.core.enums import Status
from guide.editorial.models import Testimonial
from guide.editorial.models.testimonial import NO_CONSENT


class ConsentCheck(Check):
    """Of a testimonial: one that its author took back stays where it is, one without consent is not published."""

    def before(self):
        write = self.write
        if write.step is None or write.save:
            return None
        kept = Testimonial.objects.filter(pk__in=write.keys, withdrawn_at=None)
        write.keys = list(kept.values_list("pk", flat=True))
        if write.step.target == Status.PUBLISHED and kept.lacking_consent().exists():
            return Stop([NO_CONSENT])
        return None
