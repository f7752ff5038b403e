"""From a decoded picture to the files of the site: JPEG, WebP and AVIF at a few widths. Pure."""

import warnings
from collections.abc import Iterator
from io import BytesIO

from PIL import Image

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
