"""What a page prints of a picture: sources by type and width, dimensions, words."""

from pathlib import PurePosixPath
from typing import NamedTuple

from django.conf import settings

from guide.core.images.making import TYPES, variant_name, widths_of


class Printed(NamedTuple):
    """Ready for components/picture.html; `sources` are (MIME type, srcset), best first."""

    src: str
    sources: list[tuple[str, str]]
    width: int
    height: int
    alternative: str
    credit: str


def printed(image: str, width: int, height: int, alternative: str, credit: str) -> Printed:
    """A stored picture as the page shows it; `image` is the name of its original."""
    base = f"{settings.MEDIA_URL}{PurePosixPath(image).parent}/"
    sources = [
        (f"image/{suffix}", ", ".join(f"{base}{variant_name(one, suffix)} {one}w" for one in widths_of(width)))
        for suffix in TYPES
    ]
    return Printed(f"{settings.MEDIA_URL}{image}", sources, width, height, alternative, credit)
