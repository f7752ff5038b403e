"""Official codes in the cells of tables: columns that hold one, and what is said of a code that nobody knows here."""

from typing import Any

from django.conf import settings

from guide.core.enums import RejectReason
from guide.core.imports.cells import Read
from guide.core.imports.content.keys import Key, text
from guide.core.imports.contract import OutOfScope, RowRejected
from guide.territories import cog
from guide.territories.enums import TerritoryKind
from guide.territories.models import Territory

COMMUNE_COLUMN = (
    "code",
    "CODGEO",
    "code_commune",
    "code_insee",
    "Code INSEE",
    "Code commune",
    "Code commune INSEE",
    "INSEE_COM",
)
# What files call the kinds of places, folded.
KINDS = {
    "commune": TerritoryKind.COMMUNE,
    "department": TerritoryKind.DEPARTMENT,
    "departement": TerritoryKind.DEPARTMENT,
    "epci": TerritoryKind.EPCI,
    "living area": TerritoryKind.LIVING_AREA,
    "bassin de vie": TerritoryKind.LIVING_AREA,
    "region": TerritoryKind.REGION,
}


def commune() -> Read:
    """Reads the INSEE code of a commune of the database as its primary key; None when the cell is empty."""
    communes = Territory.objects.of_kind(TerritoryKind.COMMUNE).filter(missing_since=None)
    known = dict(communes.values_list("code", "pk"))

    def read(code: str) -> int | None:
        if code and code not in known:
            raise stranger(TerritoryKind.COMMUNE, code)
        return known.get(code)

    return read


def stranger(kind: str, code: str) -> OutOfScope | RowRejected:
    """What to raise for a code that the database does not hold: a place of another region is no error.

    `kind` is "" when the file does not say it.
    """
    kinds = [kind] if kind else [TerritoryKind.COMMUNE, TerritoryKind.DEPARTMENT, TerritoryKind.REGION]
    if any(cog.region_holding(one, code) not in ("", settings.REGION) for one in kinds):
        return OutOfScope()
    return unknown_place(TerritoryKind.COMMUNE if not kind and len(code) == 5 else kind, code)


def unknown_place(kind: str, code: str) -> RowRejected:
    """The rejection of a place of the region that the database does not hold."""
    if kind == TerritoryKind.COMMUNE:
        return RowRejected(RejectReason.UNKNOWN_COMMUNE, f"commune {code} inconnue (fusionnée ?)")
    return RowRejected(RejectReason.UNKNOWN_TERRITORY, f"territoire {kind} {code} inconnu")


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
