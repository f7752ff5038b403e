"""Merges one record into its structure, in memory: nothing is read or written here."""

from typing import Any

from guide.core.enums import RejectReason
from guide.core.imports.contract import Kept, RowRejected
from structures.importers import fields, relations
from structures.importers.combine import combine
from structures.importers.records import Merged, StructureRecord
from structures.models import Structure


def merge_into(structure: Structure, record: StructureRecord, lists: dict[str, list], source: str) -> Merged:
    """Set on `structure` what the record changes; `lists` are those that the database holds for it.

    RowRejected when the result is one that the database would refuse.
    """
    plain = {name: fields.read(structure, name) for name in record.values if name not in fields.LISTS}
    current = plain | _current_lists(record, lists)
    result = combine(current, record.values, structure.provenance, source)
    merged = Merged(
        line=record.line,
        external_id=record.external_id,
        structure=structure,
        changes=result.changes,
        kept=_kept(structure, record, result.kept),
        came_back=structure.missing_since is not None,
        written=bool(result.changes) or structure.provenance != result.provenance,
        row_digest=record.digest,
        before={name: current[name] for name in result.changes},
    )
    for name, value in result.changes.items():
        if name not in fields.LISTS:
            fields.write(structure, name, value)
    structure.provenance, structure.missing_since = result.provenance, None
    _check(structure)
    return merged


def _current_lists(record: StructureRecord, held: dict[str, list]) -> dict[str, list]:
    lists = {name: held.get(name, []) for name in record.values if name in fields.LISTS}
    if "groups" in lists:
        lists["groups"] = relations.group_references(lists["groups"], record.values["groups"])
    return lists


def _kept(structure: Structure, record: StructureRecord, kept: dict[str, tuple[Any, Any]]) -> list[Kept]:
    identifier = f"{structure.name} ({record.external_id})"
    return [Kept(identifier, fields.label(name), str(now), str(value)) for name, (now, value) in kept.items()]


def _check(structure: Structure) -> None:
    """A hand-edited opening and a delivered closure may contradict each other."""
    if structure.opened_on and structure.closed_on and structure.closed_on < structure.opened_on:
        raise RowRejected(
            RejectReason.BAD_DATE, f"fermeture {structure.closed_on} avant l'ouverture {structure.opened_on}"
        )
