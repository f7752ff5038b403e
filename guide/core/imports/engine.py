"""Runs an importer: batch after batch, all or nothing; counts, prints and stores its report; tells the history."""

import hashlib
from collections.abc import Callable, Iterable
from contextlib import nullcontext
from dataclasses import astuple, dataclass, field
from datetime import datetime
from itertools import islice
from pathlib import Path
from typing import Any

from django.db import connection, transaction
from django.db.models import Model
from django.utils import timezone

from guide.core import content_version
from guide.core.enums import ImportOutcome, RejectReason
from guide.core.french import number
from guide.core.imports.contract import (
    Changes,
    FileRefused,
    Importer,
    Kept,
    Notice,
    Record,
    Reject,
    RowDifference,
    RowRejected,
    Scope,
)
from guide.core.models import ImportReject, ImportRun

MAX_LISTED = 200
LARGE = 500  # rows written; below, what PostgreSQL knew of its tables still leads to the same plans
_SPACE = 1 << 256
Progress = Callable[[int], None]
# Given a model, the keys of the rows that are about to change, and how the import is called. The history is one.
Watcher = Callable[[type[Model], Iterable[int], str], None]
_watchers: list[Watcher] = []
Listen = Callable[[Changes], None]
LABELS = {
    "created": "créées",
    "updated": "modifiées",
    "unchanged": "inchangées",
    "kept": "champs gardés (corrigés à la main)",
    "missing": "absentes de la livraison",
    "rejected": "rejetées",
    "noticed": "prises, avec une remarque",
    "skipped": "hors champ (ailleurs, autre type)",
}


def watch(watcher: Watcher) -> None:
    """Call `watcher` before each change, inside the transaction of the import."""
    _watchers.append(watcher)


def about_to_change(model: type[Model], keys: Iterable[int], note: str) -> None:
    """Say that an import is about to change these rows; `note` tells editors which one, or why."""
    keys = list(keys)
    for watcher in _watchers:
        watcher(model, keys, note)


@dataclass(slots=True)
class Report:
    """What one import did, or would do.

    `fingerprint` stands for every line of it, in any order: two runs with the same one do the same thing.
    """

    created: int = 0
    updated: int = 0
    unchanged: int = 0
    skipped: int = 0
    missing: list[str] = field(default_factory=list)
    kept: list[Kept] = field(default_factory=list)
    rejects: list[Reject] = field(default_factory=list)
    notices: list[Notice] = field(default_factory=list)
    samples: list[str] = field(default_factory=list)
    _sum: int = 0

    def add(self, changes: Changes) -> None:
        self.created += len(changes.create)
        self.updated += len(changes.update)
        self.unchanged += changes.unchanged
        self.kept.extend(changes.kept)
        self.notices.extend(changes.notices)
        self.samples.extend(str(one) for one in changes.differences[: MAX_LISTED - len(self.samples)])
        self._mark("difference", changes.differences)
        self._mark("kept", changes.kept)
        self.reject(changes.rejects)

    def reject(self, rejects: Iterable[Reject]) -> None:
        rejects = list(rejects)
        self.rejects.extend(rejects)
        self._mark("reject", rejects)

    def lose(self, identifiers: list[str]) -> None:
        self.missing = identifiers
        self._mark("missing", identifiers)

    @property
    def fingerprint(self) -> str:
        return f"{self.created}-{self.updated}-{len(self.missing)}-{self._sum:064x}"

    def _mark(self, what: str, lines: Iterable[RowDifference | Kept | Reject | str]) -> None:
        for line in lines:
            plain: Any = line if isinstance(line, str) else astuple(line)
            digest = hashlib.sha256(f"{what} {plain!r}".encode()).digest()
            self._sum = (self._sum + int.from_bytes(digest)) % _SPACE

    def counts(self) -> dict[str, int]:
        return {
            "created": self.created,
            "updated": self.updated,
            "unchanged": self.unchanged,
            "kept": len(self.kept),
            "missing": len(self.missing),
            "rejected": len(self.rejects),
            "noticed": len(self.notices),
            "skipped": self.skipped,
        }

    def details(self) -> dict[str, list]:
        return {
            "kept": [[k.identifier, k.field, k.current, k.offered] for k in self.kept[:MAX_LISTED]],
            "missing": self.missing[:MAX_LISTED],
            "notices": [[n.line, n.identifier, n.message] for n in self.notices[:MAX_LISTED]],
            "changes": self.samples,
        }


def report_lines(report: Report, *, limit: int = 20) -> list[str]:
    """The report in French, line by line, for a terminal."""
    text = [f"  {LABELS[name]:<36} {number(count):>9}" for name, count in report.counts().items()]
    for kept in report.kept[:limit]:
        text.append(f"  gardé : {kept.identifier}, {kept.field} = {kept.current!r} (proposé : {kept.offered!r})")
    for reject in report.rejects[:limit]:
        text.append(f"  rejet, ligne {reject.line}, {reject.identifier} : {reject.message}")
    for notice in report.notices[:limit]:
        text.append(f"  remarque, ligne {notice.line}, {notice.identifier} : {notice.message}")
    hidden = sum(max(0, len(listed) - limit) for listed in (report.kept, report.rejects, report.notices))
    if hidden:
        text.append(f"  … et {number(hidden)} autres, gardés dans le rapport enregistré")
    return text


class PreviewOutdated(Exception):
    """The import would no longer do what its preview showed; nothing was written."""


def run_import(
    importer: Importer,
    *,
    apply: bool,
    by=None,
    scope: Scope | None = None,
    accept_fewer: bool = False,
    progress: Progress = lambda rows: None,
    listen: Listen = lambda changes: None,
    expected: str = "",
) -> tuple[ImportRun, Report]:
    """Run `importer`; write only when `apply`, all or nothing. The report is stored either way.

    `by` is who asks, and `scope` the places to which they are limited (None: nothing is out of reach). `listen` is
    given the changes of each batch. `expected` is the fingerprint of the report that a preview gave:
    PreviewOutdated if this run differs.
    A dry run opens no transaction: on SQLite it would hold back every other writer for as long as it reads.

    A refused delivery leaves the database as it was and comes back as a run whose outcome is `refused`;
    any other exception rolls everything back and is raised.
    """
    started = timezone.now()
    report = Report()
    outcome, message = (ImportOutcome.APPLIED if apply else ImportOutcome.PREVIEWED), ""
    try:
        with transaction.atomic() if apply else nullcontext():
            if scope is not None:
                importer.limit(scope)
            _run(importer, report, apply=apply, accept_fewer=accept_fewer, progress=progress, listen=listen)
            if expected and report.fingerprint != expected:
                raise PreviewOutdated
    except FileRefused as refusal:
        outcome, message = ImportOutcome.REFUSED, refusal.message
    return _store(importer, report, outcome, message, started, by), report


def _run(
    importer: Importer, report: Report, *, apply: bool, accept_fewer: bool, progress: Progress, listen: Listen
) -> None:
    seen: dict[str, int] = {}
    rows = iter(importer.read())
    count = 0
    while batch := list(islice(rows, importer.batch_size)):
        records = [record for row in batch for record in _convert(importer, row, seen, report)]
        changes = importer.compare(records)
        report.add(changes)
        listen(changes)
        if apply:
            importer.apply(changes)
        count += len(batch)
        progress(count)
    if accept_fewer:
        importer.min_share_of_last = 0
    importer.check(set(seen), sum(reject.reason != RejectReason.OUT_OF_PERIMETER for reject in report.rejects))
    report.lose(importer.missing(set(seen)))
    if apply:
        importer.mark_missing(report.missing)
        importer.finish()
        if report.created or report.updated or report.missing:
            content_version.bump()
        count_tables_again(report.created + report.updated)


def _convert(importer: Importer, row, seen: dict[str, int], report: Report) -> list[Record]:
    """Convert one row; a reject or a duplicate goes to the report and yields nothing."""
    try:
        records = list(importer.convert(row))
        for record in records:
            if record.external_id in seen:
                first = seen[record.external_id]
                raise RowRejected(
                    RejectReason.DUPLICATE, f"identifiant {record.external_id} déjà lu à la ligne {first}"
                )
    except RowRejected as reject:
        report.reject([reject.at(row.line, importer.identify(row))])
        return []
    if not records:
        report.skipped += 1
    seen.update((record.external_id, record.line) for record in records)
    return records


def _store(importer: Importer, report: Report, outcome, message: str, started: datetime, by) -> ImportRun:
    delivery = importer.delivery
    with transaction.atomic():
        run = ImportRun.objects.create(
            importer=importer.key,
            outcome=outcome,
            started_at=started,
            finished_at=timezone.now(),
            file_name=delivery.file_names[:250],
            file_sha256=_sha256(delivery.files.values()),
            source=delivery.source,
            source_url=delivery.source_url,
            source_date=delivery.source_date,
            licence=delivery.licence,
            counts=report.counts(),
            details=report.details(),
            message=message,
            by=by,
        )
        ImportReject.objects.bulk_create(
            [
                ImportReject(run=run, line=r.line, identifier=r.identifier, reason=r.reason, message=r.message)
                for r in report.rejects[:5000]
            ],
            batch_size=1000,
        )
    return run


def count_tables_again(written: int) -> None:
    """Have PostgreSQL count its tables; nothing after a small import, nor on SQLite, which plans without.

    Its autovacuum does so within a minute; until then the first pages after a first import wait for plans made
    for empty tables (PostgreSQL's manual, 14.4.7, "Run ANALYZE afterwards").
    """
    if written >= LARGE and connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")


def _sha256(paths: Iterable[Path]) -> str:
    """One digest over all the files; a folder has none."""
    digest = hashlib.sha256()
    for path in paths:
        if path.is_file():
            with path.open("rb") as file:
                hashlib.file_digest(file, lambda: digest)
    return digest.hexdigest()
