"""What a file of aids would do to the golden cases, found by importing it and taking everything back."""

from django.db import transaction

from aids.exchange.importer import AidsImporter
from aids.golden import Difference
from aids.golden_checks import GoldenWatch
from guide.core.enums import ImportOutcome, RefusalReason
from guide.core.imports.contract import Delivery, FileRefused
from guide.core.imports.engine import run_import


def effects(delivery: Delivery) -> list[Difference]:
    """Verdicts of the golden cases that `delivery` would change; nothing is written. FileRefused: why it cannot be.

    A file with far fewer aids than last time is compared all the same: whether it may come in is the import's affair.
    """
    with transaction.atomic():
        watch = GoldenWatch()
        run, _ = run_import(AidsImporter(delivery), apply=True, accept_fewer=True)
        differences = watch.differences()
        transaction.set_rollback(True)
    if run.outcome == ImportOutcome.REFUSED:
        raise FileRefused(RefusalReason.UNREADABLE, run.message)
    return differences
