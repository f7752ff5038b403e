"""Formats of zonings: one reader for each publisher, all of them giving the same rows."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from guide.core.enums import RejectReason
from guide.core.imports.cells import Read, one_of, text, unknown, yes_no
from guide.core.imports.contract import RawRow, RowRejected
from guide.core.imports.tables import CONFIDENCE, SOURCE, SOURCE_URL, Column, Table
from guide.territories.enums import Level, Scheme, TerritoryKind
from guide.territories.importers.codes import COMMUNE_COLUMN, KINDS

CARTOSANTE, FRR, PLAIN = "cartosante", "frr", "plain"
FORMATS = (CARTOSANTE, FRR, PLAIN)
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
_SEPARATORS = re.compile(r"[\s;,]+")


def _coded(levels: dict[str, tuple[Level, bool, str]]) -> Read:
    """Reads the words of a publisher as one of `levels`; None when they say that the commune is not classed."""

    def read(cell: str) -> tuple[Level, bool, str] | None:
        words = " ".join(cell.split())
        if words.lower() not in levels and words.lower() not in NOT_CLASSED:
            raise unknown(words)
        return levels.get(words.lower())

    return read


TABLES = {
    CARTOSANTE: Table(
        Column("code", COMMUNE_COLUMN),
        Column("coded", ("zonage", "Zonage_MG", "Zonage*"), _coded(CARTOSANTE_LEVELS)),
    ),
    FRR: Table(
        Column("code", COMMUNE_COLUMN),
        Column("coded", ("classement", "FRR", "codefrr", "code_frr", "classement*", "FRR*"), _coded(FRR_LEVELS)),
    ),
    PLAIN: Table(
        Column("kind", ("territory_kind", "type_territoire"), one_of(KINDS), needed="type de territoire absent"),
        Column("code", COMMUNE_COLUMN),
        Column("level", ("level", "niveau", "classement")),
        Column("excepted", ("sauf", "except"), lambda cell: set(filter(None, _SEPARATORS.split(cell))), optional=True),
        Column("partial", ("partial", "partiel"), lambda cell: bool(yes_no(cell)), optional=True),
        Column("note", ("note", "precision"), text(250), optional=True),
        SOURCE,
        SOURCE_URL,
        Column("source_date", ("source_date", "date"), text(40), optional=True),
        CONFIDENCE,
    ),
}


def read(path: Path, file_format: str) -> Iterator[RawRow]:
    """Rows as {heading: text}; FileRefused when the file is not of this format."""
    sheet = "Data" if file_format == CARTOSANTE else ""
    return TABLES[file_format].rows(path, sheet=sheet, legacy=file_format != PLAIN)


def convert(texts: dict[str, str], file_format: str, scheme: str) -> dict[str, Any] | None:
    """One row as the columns of the plain table; None when it says that the commune is not classed.

    Its place may be larger than a commune, less those `excepted`. RowRejected with its reason.
    """
    values = TABLES[file_format].values(texts)
    if file_format == PLAIN:
        if values["level"] not in LEVELS_OF[scheme]:
            told = f"{values['code']} : niveau « {values['level']} » hors liste ({', '.join(LEVELS_OF[scheme])})"
            raise RowRejected(RejectReason.BAD_VALUE, told)
        return values
    if values["coded"] is None:
        return None
    level, partial, note = values["coded"]
    place = {"kind": str(TerritoryKind.COMMUNE), "code": values["code"], "excepted": set()}
    unsaid = dict.fromkeys(("source", "source_url", "source_date", "confidence"), "")
    return place | {"level": level, "partial": partial, "note": note} | unsaid
