"""The import of golden cases: whole and sound, or refused with the path of every fault."""

from collections.abc import Iterator

from django.utils import timezone

from aids.exchange.files import parse, refuse
from aids.exchange.golden_schema import ANSWER_KEYS, GOLDEN
from aids.exchange.readers import Faults, listing
from aids.models import GoldenCase
from guide.core.imports.contract import Changes, Importer, Kept, RawRow, Record
from guide.core.imports.differences import created, updated
from guide.core.imports.merge import Merged, merge

COLLECTION = "fichier"


class GoldenCasesImporter(Importer):
    """Reads `golden.json`. Identity: the title. What is expected of a case is for tests, and is not kept."""

    key = "golden-cases"
    label = "Cas types"

    def read(self) -> Iterator[RawRow]:
        """One row per case, once the whole file is known to be sound."""
        faults = Faults()
        cases = listing(GOLDEN, least=1)(parse(self.delivery.files["golden"]), "", faults)
        refuse(faults)
        for rank, case in enumerate(cases):
            yield RawRow(rank + 1, case)

    def convert(self, row: RawRow) -> list[Record]:
        """The answers, and the place of the case in the file."""
        answers = {key: value for key, value in row.values.items() if key in ANSWER_KEYS}
        return [Record(row.line, row.values["titre"], {"answers": answers, "position": row.line})]

    def identify(self, row: RawRow) -> str:
        """The title."""
        return row.values["titre"]

    def compare(self, records: list[Record]) -> Changes:
        """Three-way merge; see guide/core/imports/merge.py."""
        stored = {case.title: case for case in GoldenCase.objects.all()}
        changes = Changes()
        for record in records:
            case = stored.get(record.external_id)
            if case is None:
                provenance = {name: [COLLECTION, value] for name, value in record.values.items()}
                changes.create.append(GoldenCase(title=record.external_id, provenance=provenance, **record.values))
                continue
            now = {"answers": case.answers, "position": case.position}
            merged = merge(now, record.values, case.provenance, COLLECTION)
            changes.kept += [Kept(case.title, name, str(a), str(b)) for name, (a, b) in merged.kept.items()]
            self._note(case, merged, changes)
        changes.differences += created(case.title for case in changes.create)
        return changes

    @staticmethod
    def _note(case: GoldenCase, merged: Merged, changes: Changes) -> None:
        if not merged.changes and merged.provenance == case.provenance and not case.missing_since:
            changes.unchanged += 1
            return
        before = {name: getattr(case, name) for name in merged.changes}
        changes.differences.append(updated(case.title, before, merged.changes, model=GoldenCase))
        for name, value in merged.changes.items():
            setattr(case, name, value)
        case.provenance, case.missing_since = merged.provenance, None
        changes.update.append(case)

    def apply(self, changes: Changes) -> None:
        """Write the cases."""
        GoldenCase.objects.bulk_create(changes.create)
        GoldenCase.objects.bulk_update(changes.update, ["answers", "position", "provenance", "missing_since"])

    def known(self) -> int:
        """Cases that a file gave."""
        return self._from_file().count()

    def missing(self, seen: set[str]) -> list[str]:
        """Cases that the file no longer has; those that an editor added are not its own."""
        return sorted(self._from_file().exclude(title__in=seen).values_list("title", flat=True))

    def mark_missing(self, identifiers: list[str]) -> None:
        """Mark them; an editor decides."""
        GoldenCase.objects.filter(title__in=identifiers).update(missing_since=timezone.localdate())

    @staticmethod
    def _from_file():
        return GoldenCase.objects.filter(missing_since=None).exclude(provenance={})
