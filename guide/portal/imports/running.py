"""Reading and writing of an uploaded file, in a process of its own: a web worker is stopped after a minute."""

import logging
import os
import shutil
import subprocess
import sys
from pathlib import Path
from threading import Thread

from django.conf import settings
from django.contrib.auth import get_user_model
from django.db import transaction

from aids.exchange.effects import effects
from aids.golden import fingerprint
from aids.golden_checks import GoldenWatch
from guide.backoffice.perimeter import scope_of
from guide.core.enums import ImportOutcome, RefusalReason
from guide.core.imports.archives import unpack
from guide.core.imports.content.importer import FOLDER
from guide.core.imports.contract import Delivery, FileRefused, Importer
from guide.core.imports.engine import PreviewOutdated, run_import
from guide.portal.imports.jobs import Job, State
from guide.portal.imports.lines import VERDICTS, Writer
from guide.portal.imports.registry import KINDS

PREVIEW, APPLY = "preview", "apply"
COMMAND = "run_upload"
AIDS = "aids"  # the one import that the golden cases watch
UNPACKED = "contenu"
TEXTS = (".md", ".yaml", ".yml")
FAILED = (
    "Cet import s'est arrêté sur une erreur inattendue. Rien n'a été écrit. L'équipe technique en trouve le détail "
    "dans le journal du site."
)
TOO_MUCH = "Ce fichier demande trop de mémoire. Rien n'a été écrit. Coupez-le, ou enregistrez-le en CSV."
logger = logging.getLogger(__name__)


def launch(job: Job, step: str) -> bool:
    """Start `step` of a job apart from this process; False when the job is already at work.

    The child inherits the lock, so that the job is busy from now until the child ends, however it ends.
    """
    lock = job.take()
    if lock is None:
        return False
    job.set_progress(0)
    command = [sys.executable, str(settings.BASE_DIR / "manage.py"), COMMAND, job.name, step]
    with lock:
        process = subprocess.Popen(
            command, stdin=subprocess.DEVNULL, pass_fds=[lock.fileno()], start_new_session=True, env=os.environ.copy()
        )
    Thread(target=process.wait, daemon=True).start()  # the child is not left as a zombie
    return True


def run(job: Job, step: str) -> State:
    """Preview a job, or apply exactly what its preview showed; the state is kept in its folder.

    When the site has changed since the preview, nothing is written, and the new differences are kept instead.
    """
    try:
        state = _apply(job) if step == APPLY else _preview(job)
    except MemoryError:
        state = State(outcome=ImportOutcome.REFUSED, message=TOO_MUCH)
    except Exception:
        logger.exception("import %s (%s)", job.key, job.name)
        state = State(outcome="failed", message=FAILED)
    job.set_state(state)
    return state


def _preview(job: Job, outcome: str = ImportOutcome.PREVIEWED) -> State:
    by = get_user_model().objects.get(pk=job.user)
    writer = Writer(job.folder)
    try:
        stored, report = run_import(
            importer_of(job),
            apply=False,
            by=by,
            scope=scope_of(by),
            accept_fewer=job.accept_fewer,
            progress=job.set_progress,
            listen=writer.batch,
        )
        writer.end(report)
        verdicts = (
            effects(importer_of(job).delivery) if job.key == AIDS and stored.outcome != ImportOutcome.REFUSED else []
        )
        writer.verdicts(verdicts)
    except FileRefused as refusal:
        return State(outcome=ImportOutcome.REFUSED, message=refusal.message)
    finally:
        writer.close()
    refused = stored.outcome == ImportOutcome.REFUSED
    return State(
        outcome=ImportOutcome.REFUSED if refused else str(outcome),
        message=stored.message,
        fingerprint=report.fingerprint,
        run=stored.pk,
        counts=report.counts() | {VERDICTS: len(verdicts)},
        verdicts=fingerprint(verdicts),
    )


def _apply(job: Job) -> State:
    by = get_user_model().objects.get(pk=job.user)
    shown = job.state()
    if not shown.fingerprint or not job.is_whole():
        return State(outcome=ImportOutcome.REFUSED, message="Le fichier déposé n'est plus là : déposez-le de nouveau.")
    try:
        with transaction.atomic():
            watch = GoldenWatch() if job.key == AIDS else None
            stored, report = run_import(
                importer_of(job),
                apply=True,
                by=by,
                scope=scope_of(by),
                accept_fewer=job.accept_fewer,
                progress=job.set_progress,
                expected=shown.fingerprint,
            )
            if watch and fingerprint(watch.differences()) != shown.verdicts:
                raise PreviewOutdated
    except PreviewOutdated:
        return _preview(job, "changed")
    if stored.outcome == ImportOutcome.REFUSED:
        return State(outcome=ImportOutcome.REFUSED, message=stored.message, run=stored.pk)
    for folder in ("files", "lines", UNPACKED):
        shutil.rmtree(job.folder / folder, ignore_errors=True)
    return State(outcome=ImportOutcome.APPLIED, run=stored.pk, counts=report.counts())


def importer_of(job: Job) -> Importer:
    """The importer of a job, with its delivery; FileRefused for an archive that cannot be unpacked."""
    options, paths = dict(job.options), job.paths()
    if job.key == "content":
        options["whole"] = bool(options.get("whole"))
        paths = {FOLDER: _content_folder(job, paths[FOLDER], str(options.pop("place", "")))}
    try:
        return KINDS[job.key].make(Delivery(files=paths, **job.about), options, settings.REGION)
    except ValueError as error:
        raise FileRefused(RefusalReason.UNREADABLE, f"Options incomplètes : {error}.") from error


def _content_folder(job: Job, path: Path, place: str) -> Path:
    """A content folder made of an archive, or of one sheet or list in its place."""
    folder = job.folder / UNPACKED
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir()
    if path.suffix.lower() == ".zip":
        return unpack(path, folder, TEXTS)
    target = folder / place / path.name if path.suffix.lower() == ".md" else folder / path.name
    target.parent.mkdir(exist_ok=True)
    target.write_bytes(path.read_bytes())
    return folder
