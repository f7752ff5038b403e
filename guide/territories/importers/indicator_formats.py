"""Tables of figures: the long one, DREES's APL workbook, and the catalogue of indicators."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from guide.core.enums import Confidence, RejectReason
from guide.core.imports.cells import BadCell, number, one_of, whole, words, yes_no
from guide.core.imports.contract import RawRow
from guide.core.imports.files import sheet_names
from guide.core.imports.tables import CONFIDENCE, SOURCE, SOURCE_URL, Column, Table
from guide.territories.enums import Better, Family, TerritoryKind
from guide.territories.importers.codes import COMMUNE_COLUMN, KINDS

SECRET = ("s", "c", "secret", "masqué")
NOT_KNOWN = ("nd", "na", "n/d", "n/a", "-")
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d{2}(?!\d)")
_CODE = re.compile(r"[-a-z0-9_]{1,80}")


def value(cell: str) -> float | None:
    """A figure; None when it is secret."""
    return None if cell.lower() in SECRET else number(cell)


def known_value(cell: str) -> float | None:
    """A figure of DREES; None when it is not known."""
    return None if cell.lower() in NOT_KNOWN else number(cell)


def year_and_period(cell: str) -> tuple[int, str]:
    """(last year named, the text when it says more): "2021" -> (2021, ""), "2016-2021" -> (2021, "2016-2021")."""
    years = _YEAR.findall(cell)
    if not years:
        raise BadCell(f"année « {cell[:80]} » illisible", RejectReason.BAD_DATE)
    return int(years[-1]), "" if cell == years[-1] else cell[:40]


def code(cell: str) -> str:
    """The code of an indicator, as its addresses hold it."""
    if not _CODE.fullmatch(cell):
        raise BadCell(f"code d'indicateur « {cell[:80]} » mal formé", RejectReason.BAD_IDENTIFIER)
    return cell


FIGURES = Table(
    Column(
        "kind",
        ("territory_kind", "type_territoire"),
        one_of(KINDS | {"country": TerritoryKind.COUNTRY, "pays": TerritoryKind.COUNTRY}),
        optional=True,
    ),
    Column("code", ("code", "territoire", "code_territoire"), needed="colonne « code » vide"),
    Column("name", ("name", "nom"), optional=True),
    Column("indicator", ("indicator", "indicateur"), needed="colonne « indicator » vide"),
    Column("value", ("value", "valeur"), value, needed="colonne « value » vide"),
    Column("unit", ("unit", "unite", "unité"), optional=True),
    Column("year", ("year", "annee", "année"), year_and_period, needed="colonne « year » vide"),
    SOURCE,
    SOURCE_URL,
    CONFIDENCE,
)
DEFINITIONS = Table(
    Column("code", ("code",), code),
    Column("label", ("label", "libelle", "libellé"), needed="libellé absent"),
    Column("unit", ("unit", "unite", "unité"), optional=True),
    Column("decimals", ("decimals", "decimales", "décimales"), whole(0, 6, absent=0), optional=True),
    Column("family", ("family", "famille"), one_of(words(Family)), needed="famille absente"),
    Column("better", ("better", "sens"), one_of(words(Better)), optional=True),
    Column("note", ("note", "precautions"), optional=True),
    Column("headcount", ("headcount", "effectif"), lambda cell: bool(yes_no(cell)), optional=True),
    Column("position", ("position", "ordre"), whole(0, 9999, absent=100), optional=True),
)
# DREES, accessibilité potentielle localisée (APL): one sheet for each year, two of its columns.
APL_SHEET = re.compile(r"APL\D*(\d{4})")
APL_SOURCE = "DREES, accessibilité potentielle localisée (APL) aux médecins généralistes {year}"
APL = Table(
    Column("code", COMMUNE_COLUMN),
    Column(
        "apl_medecins_generalistes",
        ("apl_medecins_generalistes", "APL aux médecins généralistes"),
        known_value,
    ),
    Column(
        "apl_medecins_generalistes_65_ans_et_moins",
        ("apl_medecins_generalistes_65_ans_et_moins", "APL aux médecins généralistes de 65 ans et moins"),
        known_value,
        optional=True,
    ),
)


def apl_sheets(path: Path) -> dict[str, int]:
    """{sheet: year} of an APL workbook; nothing for any other file."""
    found = ((name, APL_SHEET.fullmatch(name.strip())) for name in sheet_names(path))
    return {name: int(match[1]) for name, match in found if match}


def read(path: Path) -> Iterator[RawRow]:
    """Rows as (year of the sheet or None, {heading: text})."""
    sheets = apl_sheets(path)
    for sheet, year in sheets.items():
        for row in APL.rows(path, sheet=sheet):
            if row.values["code"]:
                yield RawRow(row.line, (year, row.values))
    if not sheets:
        for row in FIGURES.rows(path):
            yield RawRow(row.line, (None, row.values))


def figures(year: int | None, texts: dict[str, str]) -> list[dict[str, Any]]:
    """The figures of one row, as the columns of FIGURES; RowRejected with its reason."""
    if year is None:
        return [FIGURES.values(texts)]
    values = APL.values(texts)
    about = {
        "kind": TerritoryKind.COMMUNE,
        "code": values.pop("code"),
        "name": "",
        "unit": "",
        "year": (year, ""),
        "source": APL_SOURCE.format(year=year),
        "source_url": "",
        "confidence": str(Confidence.HIGH),
    }
    return [about | {"indicator": name, "value": found} for name, found in values.items() if found is not None]
