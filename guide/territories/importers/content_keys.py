"""Keys of content files that name a place."""

from typing import Any

from guide.core.imports.content.keys import Key, text
from guide.territories.enums import TerritoryKind
from guide.territories.models import Territory


def place(name: str, kind: TerritoryKind, *, field: str = "territory") -> Key:
    """A key that holds the official code of a place of one kind; "" when absent."""

    def parse(raw: Any) -> str:
        code = text(20)(raw).upper()
        if code and not Territory.objects.live().of_kind(kind).filter(code=code).exists():
            raise ValueError(f"{kind.label} « {code} » inconnu : chargez d'abord les territoires")
        return code

    def read(row) -> str:
        found = getattr(row, field)
        return found.code if found and found.kind == kind else ""

    def write(row, code: str) -> None:
        setattr(row, field, Territory.objects.get(kind=kind, code=code) if code else None)

    return Key(name, parse, read, write)
