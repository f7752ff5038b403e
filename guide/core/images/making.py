"""From an uploaded file to the files of the site, JPEG, WebP and AVIF at a few widths, and what pages print of them.

A file is a picture, or is refused with its reason; nothing is believed of its name or of its type.
"""

import warnings
from collections.abc import Iterator
from io import BytesIO
from pathlib import PurePosixPath
from typing import IO, NamedTuple

from django.conf import settings
from PIL import Image, UnidentifiedImageError

MAX_SIDE = 1600
WIDTHS = (480, 960, 1600)
ORIGINAL = "photo.jpg"
TYPES = {"avif": "AVIF", "webp": "WEBP"}  # best first, as <picture> reads them
_OPTIONS = {"AVIF": {"quality": 55, "speed": 8}, "WEBP": {"quality": 78, "method": 4}, "JPEG": {"quality": 84}}
WHITE = (255, 255, 255)
ORIENTATION = 0x0112  # EXIF tag: how the camera was held
_TURN = Image.Transpose
_TURNS = {
    2: _TURN.FLIP_LEFT_RIGHT, 3: _TURN.ROTATE_180, 4: _TURN.FLIP_TOP_BOTTOM, 5: _TURN.TRANSPOSE,
    6: _TURN.ROTATE_270, 7: _TURN.TRANSVERSE, 8: _TURN.ROTATE_90,
}  # fmt: skip
MAX_BYTES = 10_000_000
MAX_PIXELS = 40_000_000  # a photograph of 40 megapixels takes 120 MB once decoded
MIN_SIDE = 200
FORMATS = ("JPEG", "PNG", "WEBP")


class PictureRefused(Exception):
    """The file is no picture that the site can show; the message is in French, for staff."""


def open_picture(file: IO[bytes], size: int) -> Image.Image:
    """The decoded picture of an uploaded file of `size` bytes.

    PictureRefused: too heavy, another format whatever its name says (SVG, HTML), truncated, too many pixels.
    """
    if size > MAX_BYTES:
        heavy, most = f"{size / 1e6:.0f} Mo", f"{MAX_BYTES // 1_000_000} Mo"
        raise PictureRefused(f"Ce fichier pèse {heavy} : {most} au plus. Réduisez l'image, puis recommencez.")
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of bombs, of broken metadata: what matters is refused below
            _verify(file)
            file.seek(0)
            picture = Image.open(file, formats=FORMATS)
            picture.load()
    except UnidentifiedImageError as error:
        raise PictureRefused("Ce fichier n'est pas une image JPEG, PNG ou WebP, quel que soit son nom.") from error
    except Image.DecompressionBombError as error:
        raise PictureRefused(
            f"Cette image est trop grande : {MAX_PIXELS // 1_000_000} millions de points au plus."
        ) from error
    except (OSError, SyntaxError, ValueError) as error:
        raise PictureRefused("Cette image est abîmée ou incomplète. Enregistrez-la de nouveau.") from error
    return picture


def _verify(file: IO[bytes]) -> None:
    """Read the head, refuse by its dimensions before anything is decoded, then check the whole."""
    file.seek(0)
    with Image.open(file, formats=FORMATS) as picture:
        width, height = picture.size
        if width * height > MAX_PIXELS:
            raise PictureRefused(
                f"Cette image compte {width} × {height} points : {MAX_PIXELS // 1_000_000} millions au plus."
            )
        if min(width, height) < MIN_SIDE:
            raise PictureRefused(f"Cette image est trop petite : {MIN_SIDE} points de côté au moins.")
        picture.verify()


def upright(picture: Image.Image) -> Image.Image:
    """The picture turned as the camera says, on white, at most MAX_SIDE wide or high; nothing else of the file.

    `picture` is used up: it becomes small first, so that no second copy of a large one is held.

    Position, name of the camera and date of the shot stay behind: only pixels are copied.
    """
    turn = _TURNS.get(_orientation(picture))
    picture.thumbnail((MAX_SIDE, MAX_SIDE), Image.Resampling.LANCZOS)
    turned = picture if turn is None else picture.transpose(turn)
    seen = turned.convert("RGBA")
    flat = Image.new("RGB", seen.size, WHITE)
    flat.paste(seen, mask=seen.getchannel("A"))
    return flat


def _orientation(picture: Image.Image) -> int | None:
    """How the camera was held; None when the file does not say it, or says it in broken words.

    Pillow reads these words without checks, and fails on broken ones in many ways: the points are sound all the same.
    """
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            return picture.getexif().get(ORIENTATION)
        except Exception:
            return None


def encode(picture: Image.Image, kind: str) -> bytes:
    """The bytes of a picture in one format of Pillow."""
    target = BytesIO()
    picture.save(target, kind, **_OPTIONS[kind])
    return target.getvalue()


def widths_of(width: int) -> list[int]:
    """Widths at which a picture of this width is kept: never larger than itself."""
    return [one for one in WIDTHS if one < width] + [min(width, WIDTHS[-1])]


def variants(picture: Image.Image) -> Iterator[tuple[str, bytes]]:
    """(name, content) of the files beside the original, smallest first; `picture` is upright."""
    for width in widths_of(picture.width):
        size = (width, max(1, round(picture.height * width / picture.width)))
        resized = picture.resize(size, Image.Resampling.LANCZOS) if width != picture.width else picture
        for suffix, kind in TYPES.items():
            yield variant_name(width, suffix), encode(resized, kind)


def variant_name(width: int, suffix: str) -> str:
    """`960w.avif`."""
    return f"{width}w.{suffix}"


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
