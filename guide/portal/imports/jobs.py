"""An import under way: a private folder under `VAR_DIR/uploads`, and nothing in the database until it is applied.

    job.json      who, which importer, what was said, sha256 of each file
    files/        the uploaded files under their own names
    state.json    where it stands, and the report of the preview
    lines/        what the preview shows, one JSON line for each row
    progress      rows read so far
    lock          held by the process that reads or writes; the system lets go of it when that process ends

The name of the folder is random and travels signed (`token`); only who uploaded comes back to it, for a day.
"""

import fcntl
import hashlib
import json
import secrets
import shutil
import time
from collections.abc import Iterable
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any, BinaryIO

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.core.signing import BadSignature, TimestampSigner
from django.utils.text import get_valid_filename

from guide.portal.imports.declarations import FileField

LIFETIME = 24 * 3600  # seconds
SIGNER = TimestampSigner(salt="guide.imports")
NAME_BYTES = 200


class NoSuchJob(Exception):
    """The link is wrong, too old, or somebody else's."""


@dataclass(slots=True)
class State:
    """Where a job stands.

    `outcome`: "" not read yet, previewed, changed (previewed again, differently), refused, applied, failed.
    `fingerprint` and `verdicts`: what the preview showed of the rows, and of the golden cases.
    """

    outcome: str = ""
    message: str = ""
    fingerprint: str = ""
    run: int | None = None
    counts: dict[str, int] = field(default_factory=dict)
    verdicts: str = ""


@dataclass(frozen=True, slots=True)
class Job:
    """One upload. `files` are (name in the delivery, file name), `digests` the sha256 of each by file name."""

    name: str
    key: str
    user: int
    about: dict[str, str]
    options: dict[str, Any]
    accept_fewer: bool
    files: dict[str, str]
    digests: dict[str, str]

    @property
    def folder(self) -> Path:
        """Where it is kept."""
        return root() / self.name

    @property
    def token(self) -> str:
        """Its name in addresses."""
        return SIGNER.sign(self.name)

    def paths(self) -> dict[str, Path]:
        """Files of the delivery."""
        return {name: self.folder / "files" / file for name, file in self.files.items()}

    def is_whole(self) -> bool:
        """Whether the files are still those that were uploaded."""
        return all(sha256(self.folder / "files" / name) == digest for name, digest in self.digests.items())

    def state(self) -> State:
        """Where it stands."""
        path = self.folder / "state.json"
        return State(**json.loads(path.read_text())) if path.is_file() else State()

    def set_state(self, state: State) -> None:
        """Note where it stands, at once or not at all."""
        draft = self.folder / "state.new"
        draft.write_text(json.dumps(asdict(state)))
        draft.replace(self.folder / "state.json")

    def progress(self) -> int:
        """Rows read so far."""
        path = self.folder / "progress"
        return int(path.read_text() or 0) if path.is_file() else 0

    def set_progress(self, rows: int) -> None:
        """Note how far the reading has come."""
        (self.folder / "progress").write_text(str(rows))

    def take(self) -> BinaryIO | None:
        """The lock, held as long as the file stays open here or in a child; None when another process has it."""
        lock = (self.folder / "lock").open("wb")
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            lock.close()
            return None
        return lock

    def is_busy(self) -> bool:
        """Whether a process works on it right now."""
        lock = self.take()
        if lock is None:
            return True
        lock.close()
        return False

    def delete(self) -> None:
        """Forget it: files, preview and all."""
        shutil.rmtree(self.folder, ignore_errors=True)


def root() -> Path:
    """The folder of all jobs: outside the media, which are public."""
    return Path(settings.VAR_DIR) / "uploads"


def create(
    *,
    key: str,
    user: int,
    uploads: Iterable[tuple[FileField, UploadedFile]],
    about: dict[str, str],
    options: dict[str, Any],
    accept_fewer: bool = False,
) -> Job:
    """Keep uploaded files in a folder of their own."""
    forget_old()
    folder = root() / secrets.token_urlsafe(16)
    (folder / "files").mkdir(parents=True, mode=0o700)
    folder.chmod(0o700)
    files, digests = {}, {}
    for declared, upload in uploads:
        name = declared.stored_as or _free_name(upload.name, digests)
        digests[name] = _store(upload, folder / "files" / name)
        if declared.in_delivery:
            files[declared.name] = name
    job = Job(folder.name, key, user, about, options, accept_fewer, files, digests)
    (folder / "job.json").write_text(json.dumps(asdict(job)))
    return job


def load(name: str) -> Job:
    """The job of a folder; NoSuchJob when it has gone."""
    path = root() / name / "job.json"
    try:
        return Job(**json.loads(path.read_text()))
    except OSError as error:
        raise NoSuchJob from error


def find(token: str, user: int) -> Job:
    """The job of a signed token, for who uploaded it; NoSuchJob otherwise."""
    try:
        job = load(SIGNER.unsign(token, max_age=LIFETIME))
    except BadSignature as error:
        raise NoSuchJob from error
    if job.user != user:
        raise NoSuchJob
    return job


def forget_old() -> None:
    """Delete the folders of more than a day; each upload does it, so that none stays for long."""
    limit = time.time() - LIFETIME
    for folder in root().glob("*/"):
        if folder.stat().st_mtime < limit:
            shutil.rmtree(folder, ignore_errors=True)


def _free_name(name: str, taken: Iterable[str]) -> str:
    """The name of the uploaded file, without folders or odd signs; told apart from another of the same name."""
    valid = get_valid_filename(Path(name.replace("\\", "/")).name.lstrip(".") or "fichier")
    plain = valid.encode()[-NAME_BYTES:].decode(errors="ignore")  # a name is limited in bytes, and its ending matters
    return plain if plain not in taken else f"{len(list(taken))}-{plain}"


def _store(upload: UploadedFile, path: Path) -> str:
    digest = hashlib.sha256()
    with path.open("xb") as file:
        for block in upload.chunks():
            digest.update(block)
            file.write(block)
    return digest.hexdigest()


def sha256(path: Path) -> str:
    """Digest of a file; "" when it has gone."""
    if not path.is_file():
        return ""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
