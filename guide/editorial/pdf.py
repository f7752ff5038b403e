"""What can be known of a PDF without a library: that it is one, and how many pages it has."""

import re
import zlib
from collections.abc import Iterator

from django.core.files import File

MAGIC = b"%PDF-"
MAX_HEAD = 1024  # octets before the signature that readers accept
MAX_BYTES = 50_000_000  # of a file
MAX_INFLATED = 20_000_000  # octets taken out of all the compressed streams of a file
MAX_DICTIONARY = 2000  # octets between the name of an object stream and its content
_STREAM = re.compile(rb"/Type\s{0,9}/ObjStm\b")
_CONTENT = re.compile(rb"stream\r?\n")
_PAGE = re.compile(rb"/Type\s*/Page(?![A-Za-z])")


def content_of(file: File) -> bytes:
    """All the octets of an uploaded or a stored file, which can then be read again from its beginning."""
    file.open("rb")
    content = file.read()
    file.seek(0)
    return content


def is_pdf(content: bytes) -> bool:
    """Whether the octets begin and end as a PDF does, whatever the name of the file says."""
    return MAGIC in content[:MAX_HEAD] and b"%%EOF" in content[-2048:]


def page_count(content: bytes) -> int | None:
    """Number of page objects, compressed ones included; None when none can be read (an encrypted file)."""
    found, left = len(_PAGE.findall(content)), MAX_INFLATED
    for stream in _object_streams(content):
        inflated = _inflate(stream, left)
        found += len(_PAGE.findall(inflated))
        left -= len(inflated)
        if left <= 0:
            break
    return found or None


def _object_streams(content: bytes) -> Iterator[bytes]:
    """The compressed content of each object stream, in one pass over the file."""
    place = 0
    while name := _STREAM.search(content, place):
        place = name.end()
        start = _CONTENT.search(content, place, place + MAX_DICTIONARY)
        if start is None:
            continue
        end = content.find(b"endstream", start.end())
        if end < 0:
            return
        yield content[start.end() : end]
        place = end


def _inflate(stream: bytes, most: int) -> bytes:
    try:
        return zlib.decompressobj().decompress(stream, most)
    except zlib.error:
        return b""
