"""The import of an aids file: whole and sound, or refused with the path of every fault."""

from collections.abc import Iterator
from functools import cached_property
from typing import Any

from django.db import transaction

from aids.exchange.files import canonical, check_file, parse, refuse, territories
from aids.exchange.readers import Faults
from aids.exchange.rows import documents_of, place_keys, write_aid, write_relations
from aids.exchange.schema import FILE, full
from aids.golden import ChangedVerdict, GoldenWatch
from aids.models import Aid, Funder
from guide.core.enums import ImportOutcome, RefusalReason
from guide.core.imports.contract import Changes, Delivery, FileRefused, RawRow, Record
from guide.core.imports.engine import about_to_change, run_import
from guide.core.imports.tables import RowsImporter, settle

Document = dict[str, Any]


class AidsImporter(RowsImporter):
    """Reads `aids.json`. Identity: (collection of the file, code of the aid)."""

    key = "aids"
    label = "Aides"
    keys_are_columns = False

    def read(self) -> Iterator[RawRow]:
        """One row per aid, once the whole file is known to be sound."""
        document = parse(self.delivery.files["aids"])
        faults = Faults()
        if isinstance(document, dict):
            self.document = FILE(document, "", faults)
        else:
            faults.add("fichier", "objet JSON attendu")
        if not faults:
            check_file(self.document, set(Aid.objects.values_list("code", flat=True)), faults)
        if not faults:
            self._check_database(faults)
        refuse(faults)
        canonical(self.document["aides"])
        self.given_by = self.document["collection"]
        for rank, aid in enumerate(self.document["aides"]):
            yield RawRow(rank + 1, aid)

    def _check_database(self, faults: Faults) -> None:
        """Note the places that are not loaded, and the codes that another collection holds."""
        aids = self.document["aides"]
        named = territories(aids)
        self.places = place_keys(named)
        for code, path in named.items():
            if code not in self.places:
                faults.add(path, f"territoire « {code} » inconnu : chargez d'abord les territoires")
        held = dict(
            Aid.objects.exclude(collection__in=["", self.document["collection"]]).values_list("code", "collection")
        )
        for rank, aid in enumerate(aids):
            if aid["code"] in held:
                faults.add(f"aides[{rank}].code", f"code déjà pris par la collection « {held[aid['code']]} »")

    def convert(self, row: RawRow) -> list[Record]:
        return [Record(row.line, row.values["code"], full(row.values))]

    def identify(self, row: RawRow) -> str:
        return row.values["code"]

    @cached_property
    def stored(self) -> dict[str, Aid]:
        """All of them: a code is of one aid, whoever wrote it."""
        return {aid.code: aid for aid in Aid.objects.all()}

    def compare(self, records: list[Record]) -> Changes:
        """Three-way merge, key by key of the format; see guide/core/imports/merge.py."""
        rows = Aid.objects.filter(code__in=[record.external_id for record in records])
        self.documents = {document["code"]: full(document) for document in documents_of(rows)}
        return super().compare(records)

    def new(self, record: Record) -> Aid:
        return Aid(code=record.external_id)

    def current(self, row: Aid, record: Record) -> Document:
        return self.documents[row.code]

    def name_of(self, record: Record, row: Aid) -> str:
        return row.code

    def is_back(self, row: Aid) -> bool:
        """Whether it had left the file, or was written by hand before the file had it."""
        return super().is_back(row) or not row.collection

    def apply(self, changes: Changes) -> None:
        """The aids first, then their references to one another."""
        funders = self._funders()
        about_to_change(Aid, [change.row.pk for change in changes.update if change.merged.changes], self.label)
        aids = dict(self.stored)
        for change in (*changes.create, *changes.update):
            settle(change)
            change.row.collection = self.given_by
            write_aid(change.row, change.merged.changes, funders, self.places)
            aids[change.row.code] = change.row
        for change in (*changes.create, *changes.update):
            write_relations(change.row, change.merged.changes, aids)

    def _funders(self) -> dict[str, Funder]:
        """Every funder by code, those of the file created; a name that staff gave is kept."""
        for code, name in self.document["financeurs"].items():
            Funder.objects.get_or_create(code=code, defaults={"name": name})
        return {funder.code: funder for funder in Funder.objects.all()}

    def held(self) -> dict[str, Aid]:
        return {code: aid for code, aid in super().held().items() if aid.collection == self.given_by}

    def mark_missing(self, identifiers: list[str]) -> None:
        """Mark them, once their history knows what they were; an editor decides."""
        about_to_change(Aid, [self.known_rows[code].pk for code in identifiers], "absente de son fichier")
        super().mark_missing(identifiers)


def effects(delivery: Delivery) -> list[ChangedVerdict]:
    """Verdicts of the golden cases that `delivery` would change, found by importing it and taking everything back.

    FileRefused: why it cannot be imported. A file with far fewer aids than last time is compared all the same:
    whether it may come in is the import's affair.
    """
    with transaction.atomic():
        watch = GoldenWatch()
        run, _ = run_import(AidsImporter(delivery), apply=True, accept_fewer=True)
        differences = watch.differences()
        transaction.set_rollback(True)
    if run.outcome == ImportOutcome.REFUSED:
        raise FileRefused(RefusalReason.UNREADABLE, run.message)
    return differences
