"""Pictures made for tests, and files that only pretend to be pictures."""

import struct
import zlib
from io import BytesIO

from PIL import Image


def picture(width: int = 640, height: int = 480, kind: str = "JPEG", **options) -> bytes:
    """A picture whose left half is red and whose right half is blue."""
    made = Image.new("RGB", (width, height), (0, 0, 200))
    made.paste((200, 0, 0), (0, 0, width // 2, height))
    target = BytesIO()
    made.save(target, kind, **options)
    return target.getvalue()


def with_position(orientation: int = 6) -> bytes:
    """A photograph turned by a quarter, with the place where it was taken."""
    exif = Image.Exif()
    exif[0x0112] = orientation
    exif[0x010F] = "Appareil Essai"
    exif.get_ifd(0x8825)[2] = (46.0, 34.0, 48.0)
    return picture(exif=exif)


def bomb(side: int = 30_000) -> bytes:
    """A PNG of a few hundred bytes that announces 900 million points."""
    head = struct.pack(">IIBBBBB", side, side, 8, 0, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n"
        + _chunk(b"IHDR", head)
        + _chunk(b"IDAT", zlib.compress(b"\0" * 1000))
        + _chunk(b"IEND", b"")
    )


def _chunk(name: bytes, content: bytes) -> bytes:
    return struct.pack(">I", len(content)) + name + content + struct.pack(">I", zlib.crc32(name + content))


SVG = b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'
HTML = b"<!DOCTYPE html><html><body><script>alert(1)</script></body></html>"
