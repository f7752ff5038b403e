"""Formats of zonings: one reader for each publisher, all of them giving the same rows."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from guide.core.enums import Confidence, RejectReason
from guide.core.imports.contract import RawRow, RowRejected
from guide.core.imports.files import read_table
from guide.territories.enums import Level, Scheme, TerritoryKind

CARTOSANTE, FRR, PLAIN = "cartosante", "frr", "plain"
FORMATS = (CARTOSANTE, FRR, PLAIN)
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

# CartoSanté, column Zonage_MG, in lower case: (level, covers only a part of the commune, precision).
CARTOSANTE_LEVELS = {
    "1_zip": (Level.ZIP, False, ""),
    "2_zac": (Level.ZAC, False, ""),
    "3_qpv_zip": (Level.ZIP, True, "dans un quartier prioritaire (QPV)"),
    "4_qpv_zac": (Level.ZAC, True, "dans un quartier prioritaire (QPV)"),
    "5_zv": (Level.ZV, False, ""),
    "6_hz": (Level.HZ, False, ""),
    "7_gq_zac": (Level.ZAC, True, "dans un grand quartier"),
    "8_gq_zip": (Level.ZIP, True, "dans un grand quartier"),
}
_PARTIAL_FRR = (Level.FRR_KEPT, True, "sur une partie de la commune nouvelle")
# DGCL's words in lower case, and the Observatoire des territoires' codes of the same list (CGI 44 quindecies A).
FRR_LEVELS = {
    "frr socle": (Level.FRR, False, ""),
    "frr": (Level.FRR, False, ""),
    "frr+": (Level.FRR_PLUS, False, ""),
    "frr bénéficiaire": (Level.FRR_KEPT, False, ""),
    "frr bénéficiaire partiellement": _PARTIAL_FRR,
    "1": (Level.FRR_KEPT, False, ""),
    "2": _PARTIAL_FRR,
    "3": (Level.FRR, False, "zone spéciale d'action rurale"),
    "4": (Level.FRR, False, ""),
    "5": (Level.FRR_PLUS, False, ""),
}
NOT_CLASSED = ("", "-9999", "non classée", "non classee", "non", "nc")

LEVELS_OF = {
    Scheme.DOCTORS: (Level.ZIP, Level.ZAC, Level.ZV, Level.HZ),
    Scheme.FRR: (Level.FRR, Level.FRR_PLUS, Level.FRR_KEPT),
    Scheme.QPV: (Level.QPV,),
    Scheme.RED_ZONE: (Level.RED_ZONE,),
}
PLAIN_COLUMNS = (("territory_kind", "type_territoire"), COMMUNE_COLUMN, ("level", "niveau", "classement"))
PLAIN_OPTIONAL = (
    ("sauf", "except"),
    ("partial", "partiel"),
    ("note", "precision"),
    ("source",),
    ("source_url", "adresse_source"),
    ("source_date", "date"),
    ("confidence", "confiance"),
)
PLAIN_KINDS = {
    "commune": TerritoryKind.COMMUNE,
    "department": TerritoryKind.DEPARTMENT,
    "departement": TerritoryKind.DEPARTMENT,
    "département": TerritoryKind.DEPARTMENT,
    "epci": TerritoryKind.EPCI,
    "living_area": TerritoryKind.LIVING_AREA,
    "bassin de vie": TerritoryKind.LIVING_AREA,
    "region": TerritoryKind.REGION,
    "région": TerritoryKind.REGION,
}
YES, NO = ("1", "oui", "true", "vrai", "x"), ("", "0", "non", "false", "faux")
_SEPARATORS = re.compile(r"[\s;,]+")


@dataclass(frozen=True, slots=True)
class ZoningRow:
    """One row of any format: a place that may be larger than a commune, communes excepted, and a level."""

    kind: str
    code: str
    level: str
    partial: bool = False
    excepted: tuple[str, ...] = ()
    note: str = ""
    source: str = ""
    source_url: str = ""
    source_date: str = ""
    confidence: str = ""


def read(path: Path, file_format: str) -> Iterator[RawRow]:
    """Rows as {canonical column: text}; FileRefused when the file is not of this format."""
    if file_format == CARTOSANTE:
        table = read_table(path, (COMMUNE_COLUMN, ("zonage", "Zonage_MG", "Zonage*")), sheet="Data", legacy=True)
    elif file_format == FRR:
        level = ("classement", "FRR", "codefrr", "code_frr", "classement*", "FRR*")
        table = read_table(path, (COMMUNE_COLUMN, level), legacy=True)
    else:
        table = read_table(path, PLAIN_COLUMNS, optional=PLAIN_OPTIONAL)
    for line, cells in table:
        yield RawRow(line, cells)


def convert(cells: dict[str, str], file_format: str, scheme: str) -> ZoningRow | None:
    """One row checked; None when it says that the commune is not classed; raise RowRejected."""
    if file_format == CARTOSANTE:
        return _coded(cells["code"], cells["zonage"], CARTOSANTE_LEVELS)
    if file_format == FRR:
        return _coded(cells["code"], cells["classement"], FRR_LEVELS)
    return _plain(cells, scheme)


def _coded(code: str, text: str, levels: dict[str, tuple[Level, bool, str]]) -> ZoningRow | None:
    text = " ".join(text.split())
    if text.lower() in NOT_CLASSED:
        return None
    if text.lower() not in levels:
        raise RowRejected(RejectReason.BAD_VALUE, f"commune {code} : classement « {text} » inconnu")
    level, partial, note = levels[text.lower()]
    return ZoningRow(TerritoryKind.COMMUNE, code, level, partial, note=note)


def _plain(cells: dict[str, str], scheme: str) -> ZoningRow:
    kind = PLAIN_KINDS.get(cells["territory_kind"].lower())
    if kind is None:
        raise RowRejected(RejectReason.BAD_VALUE, f"type de territoire « {cells['territory_kind']} » inconnu")
    if cells["level"] not in LEVELS_OF[scheme]:
        allowed = ", ".join(LEVELS_OF[scheme])
        raise RowRejected(
            RejectReason.BAD_VALUE, f"{cells['code']} : niveau « {cells['level']} » hors liste ({allowed})"
        )
    return ZoningRow(
        kind=kind,
        code=cells["code"],
        level=cells["level"],
        partial=_flag(cells.get("partial", "")),
        excepted=tuple(code for code in _SEPARATORS.split(cells.get("sauf", "")) if code),
        note=cells.get("note", ""),
        source=cells.get("source", ""),
        source_url=cells.get("source_url", ""),
        source_date=cells.get("source_date", ""),
        confidence=confidence(cells.get("confidence", "")),
    )


def _flag(text: str) -> bool:
    if text.lower() in YES:
        return True
    if text.lower() in NO:
        return False
    raise RowRejected(RejectReason.BAD_VALUE, f"oui ou non attendu, et non « {text} »")


_CONFIDENCES = {
    "haute": Confidence.HIGH,
    "high": Confidence.HIGH,
    "moyenne": Confidence.MEDIUM,
    "medium": Confidence.MEDIUM,
    "faible": Confidence.LOW,
    "low": Confidence.LOW,
}


def confidence(text: str) -> str:
    """A confidence in words: "haute (calcul)" -> high, "faible à moyenne" -> low, anything else -> unknown."""
    words = text.lower().split()
    return _CONFIDENCES.get(words[0], Confidence.UNKNOWN) if words else Confidence.UNKNOWN
