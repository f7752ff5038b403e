"""The import of an aids file: whole and sound, or refused with the path of every fault."""

from collections.abc import Iterator
from typing import Any

from django.utils import timezone

from aids.exchange.checks import canonical, check_file, territories
from aids.exchange.export import documents_of
from aids.exchange.files import parse, refuse
from aids.exchange.mapping import full
from aids.exchange.readers import Faults
from aids.exchange.schema import FILE
from aids.exchange.writing import place_keys, write_aid, write_relations
from aids.models import Aid, Funder
from guide.core.imports.contract import Changes, Importer, Kept, RawRow, Record
from guide.core.imports.differences import Difference, updated
from guide.core.imports.merge import Merged, merge
from guide.core.imports.watching import about_to_change

Document = dict[str, Any]


class AidsImporter(Importer):
    """Reads `aids.json`. Identity: (collection of the file, code of the aid)."""

    key = "aids"
    label = "Aides"

    def read(self) -> Iterator[RawRow]:
        """One row per aid, once the whole file is known to be sound."""
        document = parse(self.delivery.files["aids"])
        faults = Faults()
        self.document = FILE(document, "", faults) if isinstance(document, dict) else {}
        if not isinstance(document, dict):
            faults.add("fichier", "objet JSON attendu")
        if not faults:
            check_file(self.document, set(Aid.objects.values_list("code", flat=True)), faults)
        if not faults:
            self._check_database(faults)
        refuse(faults)
        canonical(self.document["aides"])
        self.collection = self.document["collection"]
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
        """The whole aid, every key present."""
        return [Record(row.line, row.values["code"], full(row.values))]

    def identify(self, row: RawRow) -> str:
        """The code."""
        return row.values["code"]

    def compare(self, records: list[Record]) -> Changes:
        """Three-way merge, key by key of the format; see guide/core/imports/merge.py."""
        rows = Aid.objects.filter(code__in=[record.external_id for record in records])
        now = {document["code"]: full(document) for document in documents_of(rows)}
        aids = {aid.code: aid for aid in rows}
        changes = Changes()
        for record in records:
            if record.external_id not in aids:
                provenance = {key: [self.collection, value] for key, value in record.values.items()}
                changes.create.append((record, Merged(record.values, provenance, {})))
                changes.differences.append(Difference(record.external_id, created=True))
                continue
            aid = aids[record.external_id]
            merged = merge(now[aid.code], record.values, aid.provenance, self.collection)
            changes.kept += [Kept(aid.code, key, str(a), str(b)) for key, (a, b) in merged.kept.items()]
            if merged.changes or merged.provenance != aid.provenance or aid.missing_since or not aid.collection:
                changes.update.append((record, merged))
                changes.differences.append(updated(aid.code, now[aid.code], merged.changes))
            else:
                changes.unchanged += 1
        return changes

    def apply(self, changes: Changes) -> None:
        """Write the aids, then their references to one another."""
        funders = self._funders()
        merges = changes.create + changes.update
        aids = {aid.code: aid for aid in Aid.objects.all()}
        known = [aids[record.external_id].pk for record, merged in changes.update if merged.changes]
        about_to_change(Aid, known, self.label)
        for record, merged in merges:
            aid = aids.setdefault(record.external_id, Aid(code=record.external_id))
            aid.collection, aid.provenance, aid.missing_since = self.collection, merged.provenance, None
            write_aid(aid, merged.changes, funders, self.places)
        for record, merged in merges:
            write_relations(aids[record.external_id], merged.changes, aids)

    def _funders(self) -> dict[str, Funder]:
        """Every funder by code, those of the file created; a name that staff gave is kept."""
        for code, name in self.document["financeurs"].items():
            Funder.objects.get_or_create(code=code, defaults={"name": name})
        return {funder.code: funder for funder in Funder.objects.all()}

    def known(self) -> int:
        """Aids of this collection."""
        return Aid.objects.filter(collection=self.collection, missing_since=None).count()

    def missing(self, seen: set[str]) -> list[str]:
        """Aids of this collection that the file no longer has."""
        rows = Aid.objects.filter(collection=self.collection, missing_since=None).exclude(code__in=seen)
        return sorted(rows.values_list("code", flat=True))

    def mark_missing(self, identifiers: list[str]) -> None:
        """Mark them; an editor decides."""
        lost = Aid.objects.filter(code__in=identifiers)
        about_to_change(Aid, lost.values_list("pk", flat=True), "absente de son fichier")
        lost.update(missing_since=timezone.localdate())
