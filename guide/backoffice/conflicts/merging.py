"""Three-way merge of a page: as it was opened, as it is now (theirs), as it was posted (mine). Pure.

What only one side changed is taken from that side. What both changed differently is a conflict: a choice settles it.
"""

from collections.abc import Mapping
from typing import Any, NamedTuple

MINE, THEIRS = "mine", "theirs"


class Conflict(NamedTuple):
    """One field, or one row of a list, that both sides changed. None: not there, or deleted."""

    key: str
    field: str
    prefix: str
    opened: Any
    theirs: Any
    mine: Any


class Merge(NamedTuple):
    """`fields` to take from the other side; `lists` to write, for those that the other side changed.

    `taken` names the fields and `taken_lists` the prefixes where the other side's changes come in by themselves.
    """

    fields: list[str]
    lists: dict[str, list[dict]]
    conflicts: list[Conflict]
    taken: list[str]
    taken_lists: list[str]


def merge(opened: Mapping | None, theirs: Mapping, mine: Mapping, choices: Mapping[str, str]) -> Merge:
    """Merge the three; `choices` (key of a conflict -> MINE or THEIRS) settle conflicts, the rest are returned.

    `opened` None: unknown, so that whatever differs is a conflict.
    """
    fields, conflicts, taken = [], [], []
    base = opened["fields"] if opened else {}
    for name, said in theirs["fields"].items():
        posted, before = mine["fields"].get(name), base.get(name)
        if posted == said or said == before:
            continue
        if posted == before:
            fields.append(name)
            taken.append(name)
        elif name not in choices:
            conflicts.append(Conflict(name, name, "", before, said, posted))
        elif choices[name] == THEIRS:
            fields.append(name)
    lists, taken_lists = {}, []
    for prefix, rows in theirs["lists"].items():
        before = (opened or {}).get("lists", {}).get(prefix, [])
        if rows == before:
            continue
        merged, met = merge_rows(prefix, before, rows, mine["lists"].get(prefix, []), choices)
        lists[prefix] = merged
        conflicts += met
        if not met:
            taken_lists.append(prefix)
    return Merge(fields, lists, conflicts, taken, taken_lists)


def merge_rows(
    prefix: str, opened: list[dict], theirs: list[dict], mine: list[dict], choices: Mapping[str, str]
) -> tuple[list[dict], list[Conflict]]:
    """The rows of one list. A row that was deleted and made again as it was, as imports do, is the same row."""
    moved = _moved(opened, theirs)
    base = {moved.get(row["pk"], row["pk"]): row for row in opened}
    now = {row["pk"]: row for row in theirs}
    own = {moved.get(row["pk"], row["pk"]): row for row in mine if row["pk"]}
    rows, conflicts = [], []
    for pk, row in base.items():
        kept, conflict = _row(prefix, pk, row, now.get(pk), own.get(pk), choices)
        if conflict:
            conflicts.append(conflict)
        if kept is not None:
            rows.append({"pk": pk, "fields": kept["fields"]})
    added = [row for row in theirs if row["pk"] not in base]
    said = [row["fields"] for row in added]
    new = [row for row in mine if moved.get(row["pk"], row["pk"]) not in base and row["fields"] not in said]
    return [*rows, *added, *new], conflicts


def _row(prefix, pk, opened, theirs, mine, choices):
    """(row to keep or None, conflict or None)."""
    before, other, own = (row and row["fields"] for row in (opened, theirs, mine))
    if own == other or other == before:
        return mine, None
    if own == before:
        return theirs, None
    key = f"{prefix}:{pk}"
    if key in choices:
        return (theirs if choices[key] == THEIRS else mine), None
    return mine, Conflict(key, "", prefix, opened, theirs, mine)


def _moved(opened: list[dict], theirs: list[dict]) -> dict[str, str]:
    """Former key -> new key of the rows that were deleted and made again with the same values."""
    held = {row["pk"] for row in theirs}
    known = {row["pk"] for row in opened}
    fresh = [row for row in theirs if row["pk"] not in known]
    found = {}
    for row in opened:
        if row["pk"] in held:
            continue
        same = next((other for other in fresh if other["fields"] == row["fields"]), None)
        if same is not None:
            fresh.remove(same)
            found[row["pk"]] = same["pk"]
    return found
