"""Writes and reads of uploads: kept, found again by who brought them, forgotten."""

import hashlib
from collections.abc import Iterable
from datetime import timedelta
from pathlib import Path
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.core.signing import BadSignature
from django.db import transaction
from django.utils import timezone
from django.utils.text import get_valid_filename

from guide.portal.imports.declarations import FileField
from guide.portal.models import SIGNER, Upload, UploadPart

LIFETIME = timedelta(days=1)
PART_BYTES = 1 << 20
NAME_BYTES = 200


class NoSuchUpload(Exception):
    """The link is wrong, too old, or somebody else's."""


@transaction.atomic
def create(
    *,
    key: str,
    user,
    uploads: Iterable[tuple[FileField, UploadedFile]],
    about: dict[str, str],
    options: dict[str, Any],
    accept_fewer: bool = False,
) -> Upload:
    """Keep uploaded files; those of more than a day go."""
    forget_old()
    upload = Upload.objects.create(key=key, user=user, about=about, options=options, accept_fewer=accept_fewer)
    for declared, file in uploads:
        name = declared.stored_as or _free_name(file.name, [one["file"] for one in upload.files])
        digest = _store(upload, name, file)
        upload.files.append({"name": declared.name if declared.in_delivery else "", "file": name, "sha256": digest})
    upload.save()
    return upload


def find(token: str, user) -> Upload:
    """The upload of a signed token, for who brought it; NoSuchUpload otherwise."""
    try:
        return Upload.objects.get(pk=SIGNER.unsign(token, max_age=LIFETIME), user=user)
    except (BadSignature, Upload.DoesNotExist) as error:
        raise NoSuchUpload from error


def forget_content(upload: Upload) -> None:
    """Delete the files and the preview of an import that has been applied."""
    upload.parts.all().delete()
    upload.pages.all().delete()


def forget_old() -> int:
    """Delete the uploads of more than a day; returns how many there were."""
    old = Upload.objects.filter(created_at__lt=timezone.now() - LIFETIME)
    return old.delete()[1].get(Upload._meta.label, 0)


def _free_name(name: str, taken: list[str]) -> str:
    """The name of the uploaded file, without folders or odd signs; told apart from another of the same name."""
    valid = get_valid_filename(Path(name.replace("\\", "/")).name.lstrip(".") or "fichier")
    plain = valid.encode()[-NAME_BYTES:].decode(errors="ignore")  # a name is limited in bytes, and its ending matters
    return plain if plain not in taken else f"{len(taken)}-{plain}"


def _store(upload: Upload, name: str, file: UploadedFile) -> str:
    """Keep one file in parts; returns its sha256."""
    digest = hashlib.sha256()
    for number, content in enumerate(file.chunks(PART_BYTES)):
        digest.update(content)
        UploadPart.objects.create(upload=upload, file=name, number=number, content=content)
    return digest.hexdigest()
