"""An uploaded file is a picture, or is refused with its reason; nothing is believed of its name or of its type."""

import warnings
from typing import IO

from PIL import Image, UnidentifiedImageError

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
    except PictureRefused:
        raise
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
