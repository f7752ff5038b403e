"""Pictures written and taken back: the named writes of their files."""

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from pathlib import PurePosixPath

from django.core.files.base import ContentFile
from django.db import transaction
from PIL import Image

from guide.core.images.making import ORIGINAL, encode, variants
from guide.core.images.models import Picture

_written: ContextVar[list[str] | None] = ContextVar("written_pictures", default=None)


@transaction.atomic
def save_picture(*, picture: Picture, source: Image.Image) -> Picture:
    """Save a picture with its original and its variants; `source` is upright. On failure no file stays."""
    with taken_back_on_failure():
        picture.width, picture.height = source.size
        picture.image.save(ORIGINAL, ContentFile(encode(source, "JPEG")), save=False)
        storage = picture.image.storage
        _note(picture.image.name)
        for name, content in variants(source):
            path = PurePosixPath(picture.image.name).with_name(name)
            _note(storage.save(str(path), ContentFile(content)))
        picture.save()
    return picture


def delete_files(images: Iterable[str]) -> None:
    """Remove stored pictures (names of their originals) with all that was made from them, once the write is done.

    For pictures that nobody may bring back: the history alone never removes a file.
    """
    storage = Picture._meta.get_field("image").storage
    folders = {str(PurePosixPath(name).parent) for name in images}

    def remove() -> None:
        for folder in folders:
            if not storage.exists(folder):
                continue
            for name in storage.listdir(folder)[1]:
                storage.delete(f"{folder}/{name}")
            storage.delete(folder)

    transaction.on_commit(remove)


@contextmanager
def taken_back_on_failure() -> Iterator[Callable[[], None]]:
    """Files that the body writes are removed when it raises: a transaction does not roll files back.

    The body is given the function that removes them, for a write that it takes back without raising. Inside another
    such body, the outer one decides.
    """
    outer = _written.get()
    if outer is not None:
        yield lambda: None
        return
    token = _written.set([])
    try:
        yield _take_back
    except BaseException:
        _take_back()
        raise
    finally:
        _written.reset(token)


def _take_back() -> None:
    for name in _written.get():
        Picture._meta.get_field("image").storage.delete(name)


def _note(name: str) -> None:
    _written.get().append(name)
