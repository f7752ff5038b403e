"""The picture of a sheet: what its row carries, and the named writes of its files."""

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from pathlib import PurePosixPath
from uuid import uuid4

from django.core.files.base import ContentFile
from django.db import models, transaction
from django.db.models import Q
from PIL import Image

from guide.core.images.making import ORIGINAL, encode, variants

FOLDER = "photos"
_written: ContextVar[list[str] | None] = ContextVar("written_pictures", default=None)


def folder(instance: models.Model, filename: str) -> str:
    """A folder of its own for each picture, under a name that nobody guesses and nothing of the sender's."""
    return f"{FOLDER}/{uuid4().hex}/{ORIGINAL}"


class Picture(models.Model):
    """Abstract: words for those who do not see it, a credit, the consent of people.

    `width` and `height` are those of the stored original, in pixels. Files outlive their row, so that the history of
    the sheet can bring it back.
    """

    image = models.FileField("image", upload_to=folder, max_length=120)
    width = models.PositiveIntegerField("largeur", editable=False, default=0)
    height = models.PositiveIntegerField("hauteur", editable=False, default=0)
    alternative = models.CharField("texte de remplacement", max_length=250)
    credit = models.CharField("crédit", max_length=150)
    people_shown = models.BooleanField("personnes reconnaissables", default=False)
    consent_on = models.DateField("accord des personnes recueilli le", null=True, blank=True)

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(
                name="%(app_label)s_%(class)s_consent",
                condition=Q(people_shown=False) | Q(consent_on__isnull=False),
                violation_error_message="Des personnes sont reconnaissables : indiquez le jour de leur accord.",
            ),
        ]

    def __str__(self):
        return self.alternative


@transaction.atomic
def save_picture(*, picture: Picture, source: Image.Image) -> Picture:
    """Save a picture with its original and its variants; `source` is upright. On failure no file stays."""
    with taken_back_on_failure():
        picture.width, picture.height = source.size
        picture.image.save(ORIGINAL, ContentFile(encode(source, "JPEG")), save=False)
        storage, written = picture.image.storage, _written.get()
        written.append(picture.image.name)
        for name, content in variants(source):
            path = PurePosixPath(picture.image.name).with_name(name)
            written.append(storage.save(str(path), ContentFile(content)))
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
