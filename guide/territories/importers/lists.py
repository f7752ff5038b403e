"""The two lists that complete the communes: EPCI of geo.api.gouv.fr, bassins de vie of INSEE."""

import json
import re
from collections.abc import Iterator
from itertools import chain
from pathlib import Path

from guide.core.enums import RefusalReason, RejectReason
from guide.core.imports.contract import FileRefused, RawRow, RowRejected
from guide.core.imports.files import open_text, read_table
from guide.territories.importers.communes import CODE

SIREN = re.compile(r"\d{9}")
# Vintages of the bassins de vie, the latest first: INSEE names the columns BV2022 and LIBBV2022.
VINTAGES = ("2022", "2012")
# The sheet of INSEE's workbook that lists communes, under its names of several years.
COMPOSITION_SHEETS = ("Composition_communale", "COM")


def read_epci(path: Path) -> Iterator[RawRow]:
    """Objects of the JSON list of geo.api.gouv.fr (`nom`, `code`), numbered from 1."""
    with open_text(path) as text:
        try:
            rows = json.load(text)
        except (ValueError, RecursionError) as error:
            raise FileRefused(RefusalReason.UNREADABLE, f"{path.name} : JSON illisible ou tronqué.") from error
    if not isinstance(rows, list) or not rows or not all(isinstance(row, dict) for row in rows):
        raise FileRefused(RefusalReason.COLUMNS, f"{path.name} : attendu la liste JSON des EPCI de geo.api.gouv.fr.")
    absent = [name for name in ("nom", "code") if name not in rows[0]]
    if absent:
        raise FileRefused(RefusalReason.COLUMNS, f"{path.name} : propriétés absentes ({', '.join(absent)}).")
    for number, row in enumerate(rows, 1):
        yield RawRow(number, row)


def convert_epci(row: dict) -> tuple[str, str]:
    """(SIREN, name) of an EPCI; raise RowRejected with its reason."""
    code, name = str(row.get("code") or ""), str(row.get("nom") or "").strip()
    if not SIREN.fullmatch(code):
        raise RowRejected(RejectReason.BAD_IDENTIFIER, f"SIREN « {code} » mal formé ({name or 'sans nom'})")
    if not name:
        raise RowRejected(RejectReason.MISSING_VALUE, f"EPCI {code} : nom absent")
    return code, name


def read_living_areas(path: Path) -> tuple[str, Iterator[RawRow]]:
    """(vintage, rows) of INSEE's table of communes, CSV or XLSX, whatever the title rows above its header."""
    for vintage in VINTAGES:
        rows = _living_area_rows(path, vintage)
        try:
            first = next(rows, None)
        except FileRefused as refusal:
            if refusal.reason != RefusalReason.COLUMNS:
                raise
        else:
            return vintage, chain([first] if first else [], rows)
    known = " ou ".join(f"BV{vintage} et LIBBV{vintage}" for vintage in VINTAGES)
    raise FileRefused(RefusalReason.COLUMNS, f"{path.name} : colonnes attendues introuvables (CODGEO, {known}).")


def _living_area_rows(path: Path, vintage: str) -> Iterator[RawRow]:
    code, label = f"BV{vintage}", f"LIBBV{vintage}"
    for line, cells in read_table(path, (("CODGEO",), (code,), (label,)), sheet=COMPOSITION_SHEETS, legacy=True):
        yield RawRow(line, (cells["CODGEO"], cells[code], cells[label]))


def convert_living_area(row: tuple[str, str, str]) -> tuple[str, str, str]:
    """(commune, bassin de vie, its name); raise RowRejected with its reason."""
    commune, code, name = row
    for text in (commune, code):
        if not CODE.fullmatch(text):
            raise RowRejected(RejectReason.BAD_IDENTIFIER, f"code INSEE « {text} » mal formé")
    if not name:
        raise RowRejected(RejectReason.MISSING_VALUE, f"bassin de vie {code} : libellé absent")
    return commune, code, name
