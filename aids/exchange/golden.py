"""The import of golden cases: whole and sound, or refused with the path of every fault."""

from collections.abc import Iterator

from django.db import models

from aids.exchange.files import parse, refuse
from aids.exchange.golden_schema import ANSWER_KEYS, GOLDEN
from aids.exchange.readers import Faults, listing
from aids.models import GoldenCase
from guide.core.imports.contract import RawRow, Record
from guide.core.imports.tables import RowRecord, RowsImporter


class GoldenCasesImporter(RowsImporter):
    """Reads `golden.json`. Identity: the title. What is expected of a case is for tests, and is not kept."""

    key = "golden-cases"
    label = "Cas types"
    given_by = "fichier"

    def read(self) -> Iterator[RawRow]:
        """One row per case, once the whole file is known to be sound."""
        faults = Faults()
        cases = listing(GOLDEN, least=1)(parse(self.delivery.files["golden"]), "", faults)
        refuse(faults)
        for rank, case in enumerate(cases):
            yield RawRow(rank + 1, case)

    def convert(self, row: RawRow) -> list[Record]:
        title, answers = row.values["titre"], {key: row.values[key] for key in row.values if key in ANSWER_KEYS}
        return [RowRecord(row.line, title, {"answers": answers, "position": row.line}, GoldenCase, {"title": title})]

    def identify(self, row: RawRow) -> str:
        return row.values["titre"]

    def rows(self) -> models.QuerySet:
        return GoldenCase.objects.all()

    def key_of(self, row: GoldenCase) -> str:
        return row.title

    def held(self) -> dict[str, models.Model]:
        """Those that a file gave: the others are of the editors."""
        return {title: case for title, case in super().held().items() if case.provenance}
