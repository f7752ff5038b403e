"""What is done with an uploaded file: kept, found again by who brought it, read and written by a runner of background
work (a web worker is stopped after a minute), forgotten."""

import hashlib
from collections.abc import Iterable
from datetime import timedelta
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.core.signing import BadSignature
from django.db import transaction
from django.utils import timezone
from django.utils.text import get_valid_filename

from aids.exchange.importer import effects
from aids.golden import GoldenWatch, fingerprint
from guide.backoffice.perimeter import scope_of
from guide.core.background import actions
from guide.core.background.models import NoRetry, Task
from guide.core.enums import ImportOutcome, RefusalReason
from guide.core.imports.archives import unpack
from guide.core.imports.content.importer import FOLDER
from guide.core.imports.contract import Delivery, FileRefused, Importer
from guide.core.imports.engine import PreviewOutdated, run_import
from guide.core.models import ImportRun
from guide.portal.imports.preview_pages import VERDICTS, Writer
from guide.portal.imports.registry import KINDS, FileField
from guide.portal.models import SIGNER, Upload, UploadPart

LIFETIME = timedelta(days=1)
PART_BYTES = 1 << 20
NAME_BYTES = 200
KIND = "upload"
PREVIEW, APPLY = "preview", "apply"
CHANGED, FAILED = "changed", "failed"  # outcomes of an upload beside those of an import
AIDS = "aids"  # the one import that the golden cases watch
UNPACKED = "contenu"
TEXTS = (".md", ".yaml", ".yml")
STOPPED = (
    "Cet import s'est arrêté sur une erreur inattendue. Rien n'a été écrit. L'équipe technique en trouve le détail "
    "dans le journal du site."
)
TOO_MUCH = "Ce fichier demande trop de mémoire. Rien n'a été écrit. Coupez-le, ou enregistrez-le en CSV."
GONE = "Le fichier déposé n'est plus là : déposez-le de nouveau."


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


def find(token: str, user) -> Upload | None:
    """The upload of a signed token, for who brought it; None when the link is wrong, too old, or somebody else's."""
    try:
        pk = SIGNER.unsign(token, max_age=LIFETIME)
    except BadSignature:
        return None
    return Upload.objects.filter(pk=pk, user=user).first()


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
    digest = hashlib.sha256()
    for number, content in enumerate(file.chunks(PART_BYTES)):
        digest.update(content)
        UploadPart.objects.create(upload=upload, file=name, number=number, content=content)
    return digest.hexdigest()


def launch(upload: Upload, step: str) -> bool:
    """Ask for `step` of an upload; False when it is already at work."""
    return actions.enqueue(KIND, key=str(upload.pk), arguments={"step": step}) is not None


def at_work(upload: Upload) -> Task | None:
    """The task that reads or writes this upload, or will."""
    return actions.active(KIND, str(upload.pk))


def perform(task: Task) -> str:
    """Preview an upload, or apply exactly what its preview showed.

    When the site has changed since the preview, nothing is written, and the new differences are kept instead.
    NoRetry: an error that nobody foresaw.
    """
    upload = Upload.objects.select_related("user").filter(pk=task.key).first()
    if upload is None:
        return "Fichier abandonné."
    try:
        if task.arguments["step"] == APPLY:
            _apply(upload, task)
        else:
            _preview(upload, task)
    except FileRefused as refusal:
        _end(upload, ImportOutcome.REFUSED, refusal.message)
    except MemoryError:
        _end(upload, ImportOutcome.REFUSED, TOO_MUCH)
    except Exception as error:
        _end(upload, FAILED, STOPPED)
        raise NoRetry from error
    return upload.message or str(upload.run)


def importer_of(upload: Upload, folder: Path) -> Importer:
    """The importer of an upload whose files lie in `folder`; FileRefused for an archive that cannot be unpacked."""
    options = dict(upload.options)
    paths = {file["name"]: folder / file["file"] for file in upload.files if file["name"]}
    if upload.key == "content":
        options["whole"] = bool(options.get("whole"))
        paths = {FOLDER: _content_folder(paths[FOLDER], folder / UNPACKED, str(options.pop("place", "")))}
    try:
        return KINDS[upload.key].make(Delivery(files=paths, **upload.about), options, settings.REGION)
    except ValueError as error:
        raise FileRefused(RefusalReason.UNREADABLE, f"Options incomplètes : {error}.") from error


def _preview(upload: Upload, task: Task, outcome: str = ImportOutcome.PREVIEWED) -> None:
    writer = Writer(upload)
    with upload.on_disk() as folder:
        importer = importer_of(upload, folder)
        run, report = run_import(importer, apply=False, listen=writer.batch, **_asked(upload, task))
        refused = run.outcome == ImportOutcome.REFUSED
        verdicts = effects(importer.delivery) if upload.key == AIDS and not refused else []
    writer.end(report, verdicts)
    _end(
        upload,
        ImportOutcome.REFUSED if refused else outcome,
        run.message,
        run,
        counts=report.counts() | {VERDICTS: len(verdicts)},
        fingerprint=report.fingerprint,
        verdicts=fingerprint(verdicts),
    )


def _apply(upload: Upload, task: Task) -> None:
    if upload.outcome == ImportOutcome.APPLIED:  # by a runner that was killed before it could say so
        return
    if not upload.fingerprint or not upload.is_whole():
        raise FileRefused(RefusalReason.UNREADABLE, GONE)
    try:
        with transaction.atomic():
            watch = GoldenWatch() if upload.key == AIDS else None
            with upload.on_disk() as folder:
                importer = importer_of(upload, folder)
                run, _ = run_import(importer, apply=True, expected=upload.fingerprint, **_asked(upload, task))
            if watch and fingerprint(watch.differences()) != upload.verdicts:
                raise PreviewOutdated
            if run.outcome == ImportOutcome.APPLIED:
                upload.parts.all().delete()
                upload.pages.all().delete()
            _end(upload, run.outcome, run.message, run)
    except PreviewOutdated:
        _preview(upload, task, CHANGED)


def _asked(upload: Upload, task: Task) -> dict:
    return {
        "by": upload.user,
        "scope": scope_of(upload.user),
        "accept_fewer": upload.accept_fewer,
        "progress": task.advance,
    }


def _end(upload: Upload, outcome: str, message: str, run: ImportRun | None = None, **shown) -> None:
    """Keep where the upload stands, and nothing of what an earlier step had `shown`.

    In the transaction of the import, so that neither holds without the other.
    """
    state = {"outcome": outcome, "message": message, "run": run, "counts": {}, "fingerprint": "", "verdicts": ""}
    state |= shown
    Upload.objects.filter(pk=upload.pk).update(**state)
    for name, value in state.items():
        setattr(upload, name, value)


def _content_folder(path: Path, folder: Path, place: str) -> Path:
    """A content folder made of an archive, or of one sheet or list in its place."""
    folder.mkdir()
    if path.suffix.lower() == ".zip":
        return unpack(path, folder, TEXTS)
    target = folder / place / path.name if path.suffix.lower() == ".md" else folder / path.name
    target.parent.mkdir(exist_ok=True)
    target.write_bytes(path.read_bytes())
    return folder
