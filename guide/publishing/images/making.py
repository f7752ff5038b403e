"""From a decoded picture to the files of the site: JPEG, WebP and AVIF at a few widths. Pure."""

from collections.abc import Iterator
from io import BytesIO
from typing import NamedTuple

from PIL import Image, ImageOps

MAX_SIDE = 1600
WIDTHS = (480, 960, 1600)
ORIGINAL = "photo.jpg"
TYPES = {"avif": "AVIF", "webp": "WEBP"}  # best first, as <picture> reads them
_OPTIONS = {"AVIF": {"quality": 55, "speed": 8}, "WEBP": {"quality": 78, "method": 4}, "JPEG": {"quality": 84}}
WHITE = (255, 255, 255)


class Made(NamedTuple):
    """One file: its name in the folder of the picture, its bytes."""

    name: str
    content: bytes


def upright(picture: Image.Image) -> Image.Image:
    """The picture turned as the camera says, on white, at most MAX_SIDE wide or high; nothing else of the file.

    Position, name of the camera and date of the shot stay behind: only pixels are copied.
    """
    turned = ImageOps.exif_transpose(picture)
    turned.thumbnail((MAX_SIDE, MAX_SIDE), Image.Resampling.LANCZOS)
    seen = turned.convert("RGBA")
    flat = Image.new("RGB", seen.size, WHITE)
    flat.paste(seen, mask=seen.getchannel("A"))
    return flat


def encode(picture: Image.Image, kind: str) -> bytes:
    """The bytes of a picture in one format of Pillow."""
    target = BytesIO()
    picture.save(target, kind, **_OPTIONS[kind])
    return target.getvalue()


def widths_of(width: int) -> list[int]:
    """Widths at which a picture of this width is kept: never larger than itself."""
    return [one for one in WIDTHS if one < width] + [min(width, WIDTHS[-1])]


def variants(picture: Image.Image) -> Iterator[Made]:
    """The files beside the original, smallest first; `picture` is upright."""
    for width in widths_of(picture.width):
        size = (width, max(1, round(picture.height * width / picture.width)))
        resized = picture.resize(size, Image.Resampling.LANCZOS) if width != picture.width else picture
        for suffix, kind in TYPES.items():
            yield Made(variant_name(width, suffix), encode(resized, kind))


def variant_name(width: int, suffix: str) -> str:
    """`960w.avif`."""
    return f"{width}w.{suffix}"
