"""Formats of figures: the long table, DREES's APL workbook, and the catalogue of indicators."""

import math
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from guide.core.enums import RejectReason
from guide.core.imports.contract import RawRow, RowRejected
from guide.core.imports.files import read_table, sheet_names
from guide.territories.enums import Better, Family, TerritoryKind
from guide.territories.importers.zoning_formats import COMMUNE_COLUMN, PLAIN_KINDS, confidence

LONG_COLUMNS = (
    ("code", "territoire", "code_territoire"),
    ("indicator", "indicateur"),
    ("value", "valeur"),
    ("year", "annee", "année"),
)
LONG_OPTIONAL = (
    ("territory_kind", "type_territoire"),
    ("name", "nom"),
    ("unit", "unite", "unité"),
    ("source",),
    ("source_url", "adresse_source"),
    ("confidence", "confiance"),
)
KINDS = PLAIN_KINDS | {"country": TerritoryKind.COUNTRY, "pays": TerritoryKind.COUNTRY}

# DREES, accessibilité potentielle localisée (APL): one sheet for each year, two of its columns.
APL_SHEET = re.compile(r"APL\D*(\d{4})")
APL_HEADERS = {
    "apl_medecins_generalistes": "APL aux médecins généralistes",
    "apl_medecins_generalistes_65_ans_et_moins": "APL aux médecins généralistes de 65 ans et moins",
}
APL_SOURCE = "DREES, accessibilité potentielle localisée (APL) aux médecins généralistes {year}"

SECRET = ("s", "c", "secret", "masqué")
NOT_KNOWN = ("nd", "na", "n/d", "n/a", "-")
_NUMBER = re.compile(r"[-+]?\d+(?:[.,]\d+)?(?:[eE][-+]?\d+)?")
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d{2}(?!\d)")


@dataclass(frozen=True, slots=True)
class Figure:
    """One figure of a file. `kind` "" when the file does not say it; `value` None when it is secret."""

    kind: str
    code: str
    name: str
    indicator: str
    value: float | None
    unit: str
    year: int
    period: str
    source: str
    source_url: str
    confidence: str


@dataclass(frozen=True, slots=True)
class Definition:
    """One line of the catalogue."""

    code: str
    label: str
    unit: str
    decimals: int
    family: str
    better: str
    note: str
    headcount: bool
    position: int


def apl_sheets(path: Path) -> dict[str, int]:
    """{sheet: year} of an APL workbook; nothing for any other file."""
    found = ((name, APL_SHEET.fullmatch(name.strip())) for name in sheet_names(path))
    return {name: int(match[1]) for name, match in found if match}


def read(path: Path) -> Iterator[RawRow]:
    """Rows as (year of the sheet or None, {canonical column: text})."""
    sheets = apl_sheets(path)
    for sheet, year in sheets.items():
        first, *others = APL_HEADERS.items()
        optional = [(code, header) for code, header in others]
        for line, cells in read_table(path, (COMMUNE_COLUMN, tuple(first)), optional=optional, sheet=sheet):
            if cells["code"]:
                yield RawRow(line, (year, cells))
    if not sheets:
        for line, cells in read_table(path, LONG_COLUMNS, optional=LONG_OPTIONAL):
            yield RawRow(line, (None, cells))


def convert(year: int | None, cells: dict[str, str]) -> list[Figure]:
    """The figures of one row; raise RowRejected with its reason."""
    return [_long(cells)] if year is None else list(_apl(year, cells))


def _apl(year: int, cells: dict[str, str]) -> Iterator[Figure]:
    for indicator in APL_HEADERS:
        text = cells.get(indicator, "")
        if text and text.lower() not in NOT_KNOWN:
            yield Figure(
                kind=TerritoryKind.COMMUNE,
                code=cells["code"],
                name="",
                indicator=indicator,
                value=number(text, cells["code"]),
                unit="",
                year=year,
                period="",
                source=APL_SOURCE.format(year=year),
                source_url="",
                confidence=confidence("haute"),
            )


def _long(cells: dict[str, str]) -> Figure:
    who = f"{cells['code']}, {cells['indicator']}"
    for name in ("code", "indicator", "value", "year"):
        if not cells[name]:
            raise RowRejected(RejectReason.MISSING_VALUE, f"{who} : colonne « {name} » vide")
    kind = cells.get("territory_kind", "").lower()
    if kind and kind not in KINDS:
        raise RowRejected(RejectReason.BAD_VALUE, f"{who} : type de territoire « {kind} » inconnu")
    year, period = year_and_period(cells["year"])
    return Figure(
        kind=str(KINDS.get(kind, "")),
        code=cells["code"],
        name=cells.get("name", ""),
        indicator=cells["indicator"],
        value=None if cells["value"].lower() in SECRET else number(cells["value"], who),
        unit=cells.get("unit", ""),
        year=year,
        period=period,
        source=cells.get("source", ""),
        source_url=cells.get("source_url", ""),
        confidence=confidence(cells.get("confidence", "")),
    )


def number(text: str, who: str) -> float:
    """A number with a point or a French comma, spaces between thousands allowed."""
    compact = "".join(text.split())
    value = float(compact.replace(",", ".")) if _NUMBER.fullmatch(compact) else math.nan
    if not math.isfinite(value):
        raise RowRejected(RejectReason.BAD_VALUE, f"{who} : nombre « {text} » illisible")
    return value


def year_and_period(text: str) -> tuple[int, str]:
    """(last year named, the text when it says more): "2021" -> (2021, ""), "2016-2021" -> (2021, "2016-2021")."""
    years = _YEAR.findall(text)
    if not years:
        raise RowRejected(RejectReason.BAD_DATE, f"année « {text} » illisible")
    return int(years[-1]), "" if text == years[-1] else text[:40]


CATALOGUE_COLUMNS = (("code",), ("label", "libelle", "libellé"), ("family", "famille"))
CATALOGUE_OPTIONAL = (
    ("unit", "unite", "unité"),
    ("decimals", "decimales", "décimales"),
    ("better", "sens"),
    ("note", "precautions"),
    ("headcount", "effectif"),
    ("position", "ordre"),
)
_CODE = re.compile(r"[-a-z0-9_]{1,80}")


def read_catalogue(path: Path) -> Iterator[RawRow]:
    """Lines of a catalogue as {canonical column: text}."""
    for line, cells in read_table(path, CATALOGUE_COLUMNS, optional=CATALOGUE_OPTIONAL):
        yield RawRow(line, cells)


def definition(cells: dict[str, str]) -> Definition:
    """One line of a catalogue, checked; raise RowRejected with its reason."""
    code = cells["code"]
    if not _CODE.fullmatch(code):
        raise RowRejected(RejectReason.BAD_IDENTIFIER, f"code d'indicateur « {code} » mal formé")
    if not cells["label"]:
        raise RowRejected(RejectReason.MISSING_VALUE, f"{code} : libellé absent")
    family, better = cells["family"], cells.get("better", "")
    if family not in Family.values or better not in Better.values:
        raise RowRejected(RejectReason.BAD_VALUE, f"{code} : famille « {family} » ou sens « {better} » hors liste")
    return Definition(
        code=code,
        label=cells["label"],
        unit=cells.get("unit", ""),
        decimals=_small(cells.get("decimals") or "0", code, 6),
        family=family,
        better=better,
        note=cells.get("note", ""),
        headcount=cells.get("headcount", "").lower() in ("1", "oui", "true", "vrai"),
        position=_small(cells.get("position") or "100", code, 9999),
    )


def _small(text: str, code: str, highest: int) -> int:
    if not text.isdecimal() or int(text) > highest:
        raise RowRejected(RejectReason.BAD_VALUE, f"{code} : « {text} » n'est pas un entier de 0 à {highest}")
    return int(text)
