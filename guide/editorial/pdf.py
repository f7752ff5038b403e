"""What can be known of a PDF without a library: that it is one, and how many pages it has. Pure."""

import re
import zlib

MAGIC = b"%PDF-"
MAX_HEAD = 1024  # octets before the signature that readers accept
MAX_INFLATED = 20_000_000  # octets taken out of one compressed stream
_STREAM = re.compile(rb"/Type\s*/ObjStm\b.*?stream\r?\n(.*?)endstream", re.DOTALL)
_PAGE = re.compile(rb"/Type\s*/Page(?![A-Za-z])")


def is_pdf(content: bytes) -> bool:
    """Whether the octets begin and end as a PDF does, whatever the name of the file says."""
    return MAGIC in content[:MAX_HEAD] and b"%%EOF" in content[-2048:]


def page_count(content: bytes) -> int | None:
    """Number of page objects, compressed ones included; None when none can be read (an encrypted file)."""
    parts = [content, *(_inflate(found[1]) for found in _STREAM.finditer(content))]
    return sum(len(_PAGE.findall(part)) for part in parts) or None


def _inflate(stream: bytes) -> bytes:
    try:
        return zlib.decompressobj().decompress(stream, MAX_INFLATED)
    except zlib.error:
        return b""
