"""Portraits of testimonials: printed with them, and erased with them."""

from guide.backoffice.history.models import Version
from guide.core.images.printing import Printed, printed
from guide.editorial.models import Testimonial, TestimonialPortrait


def of(testimonial: Testimonial) -> Printed | None:
    """The portrait of a testimonial, ready to print."""
    one = getattr(testimonial, "portrait", None)
    return printed(one.image.name, one.width, one.height, one.alternative, one.credit) if one else None


def every_image_of(testimonial: int) -> set[str]:
    """Stored images of the portraits that a testimonial has or had: its history keeps those that were replaced."""
    now = TestimonialPortrait.objects.filter(testimonial=testimonial).values_list("image", flat=True)
    versions = Version.objects.of(Testimonial, testimonial).exclude(before=None)
    past = [
        row["fields"]["image"]
        for before in versions.values_list("before", flat=True)
        for row in before.get("children", {}).get("portrait", [])
    ]
    return {*now, *past}
