"""Runs an importer: batch after batch, all or nothing, and stores the report."""

import hashlib
from collections.abc import Callable, Iterable
from contextlib import nullcontext
from datetime import datetime
from itertools import islice
from pathlib import Path

from django.db import connection, transaction
from django.utils import timezone

from guide.core import content_version
from guide.core.enums import ImportOutcome, RejectReason
from guide.core.imports.contract import Changes, FileRefused, Importer, Record, RowRejected, Scope
from guide.core.imports.report import Report
from guide.core.models import ImportReject, ImportRun

LARGE = 500  # rows written; below, what PostgreSQL knew of its tables still leads to the same plans
Progress = Callable[[int], None]
Listen = Callable[[Changes], None]


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
