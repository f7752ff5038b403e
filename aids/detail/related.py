"""Aids that the page of one aid leads to: what it excludes, what replaced it, its generic aid and local variants."""

from typing import Any

from django.db.models import Exists, OuterRef, Q, Subquery

from aids.addresses import page_of
from aids.models import Aid, AidIncompatibility
from aids.vocabulary import Mark


def find(pk: int, generic: int | None) -> dict[str, list[dict[str, str]]]:
    """The live aids related to the aid of that key, by what they are to it: links with a word on why."""
    pairs = AidIncompatibility.objects.filter(Q(first=OuterRef("pk"), second=pk) | Q(first=pk, second=OuterRef("pk")))
    links = Aid.replaced_by.through.objects
    found = (
        Aid.objects.live()
        .annotate(
            conflict=Subquery(pairs.values("mark")[:1]),
            note=Subquery(pairs.values("note")[:1]),
            is_after=Exists(links.filter(from_aid=pk, to_aid=OuterRef("pk"))),
            is_before=Exists(links.filter(from_aid=OuterRef("pk"), to_aid=pk)),
        )
        .filter(Q(conflict__isnull=False) | Q(is_after=True) | Q(is_before=True) | Q(generic=pk) | Q(pk=generic))
        .order_by("name", "code")
    )
    rows = list(found.values("pk", "code", "name", "generic", "conflict", "note", "is_after", "is_before"))
    return {
        "conflicts": [_link(row, _note(row)) for row in rows if row["conflict"]],
        "replaced_by": [_link(row) for row in rows if row["is_after"]],
        "replaces": [_link(row) for row in rows if row["is_before"]],
        "generic": [_link(row) for row in rows if row["pk"] == generic],
        "variants": [_link(row) for row in rows if row["generic"] == pk],
    }


def _link(row: dict[str, Any], note: str = "") -> dict[str, str]:
    return {"name": row["name"], "href": page_of(row["code"]), "note": note}


def _note(row: dict[str, Any]) -> str:
    mark = Mark(row["conflict"])
    parts = [row["note"] or "", mark.label if mark != Mark.CONFIRMED else ""]
    return ", ".join(part for part in parts if part)
