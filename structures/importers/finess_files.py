"""Reads every FINESS extract of data.gouv.fr, recognised by its content, as the same rows.

- `etalab-cs1100507`: no header, `structureet` rows, then a `geolocalisation` section joined by number;
- `etalab-cs1100502`: the same without the section;
- the re-exposed CSV with a header (`finess_etablissements.csv`);
- FINESS+ JSON (see `finess_json`), gzipped or not.
"""

from collections.abc import Callable, Iterator
from pathlib import Path

from guide.core.enums import RefusalReason
from guide.core.imports.contract import FileRefused
from guide.core.imports.files import csv_rows, open_bytes, read_table
from structures.importers import finess_json
from structures.importers.finess_row import FinessRow, insee_code

Wanted = Callable[[str, str], bool]  # (INSEE code, category) -> in scope
Rows = Iterator[tuple[int, FinessRow | None]]

_ETALAB_FIELDS = 31  # the date of the last update, last column that is read, is the 31st
_COLUMNS = {
    "finess": "nofinesset", "legal": "nofinessej", "short_name": "rs", "long_name": "rslongue",
    "number": "numvoie", "repetition": "compvoie", "street_type": "typvoie", "street": "voie",
    "locality": "lieuditbp", "routing": "ligneacheminement", "phone": "telephone", "category": "categetab",
    "siret": "siret", "opened": "dateouv", "updated": "datemaj",
}  # fmt: skip
_GEO_COLUMNS = ("coordxet", "coordyet", "sourcecoordet")


def read_finess(path: Path, wanted: Wanted) -> Rows:
    """Yield (line, row) of a FINESS file; the row is None when `wanted` says it is out of scope.

    Only what is wanted is kept in memory, and never the whole file.
    """
    with open_bytes(path) as stream:
        start = stream.read(4096).lstrip(b"\xef\xbb\xbf \t\r\n")
    if start[:1] == b"{":
        return finess_json.read_json(path, wanted)
    if start.startswith((b"finess;etalab", b"structureet;")):
        return _read_etalab(path, wanted)
    return _read_header(path, wanted)


def _read_etalab(path: Path, wanted: Wanted) -> Rows:
    """Two passes: the section of coordinates comes after all the rows that need it."""
    places = _etalab_places(path, wanted)
    for line, cells in csv_rows(path, legacy=True, delimiter=";"):
        if cells[:1] != ["structureet"]:
            continue
        if len(cells) < _ETALAB_FIELDS:
            raise FileRefused(
                RefusalReason.TRUNCATED, f"{path.name}, ligne {line} : ligne incomplète, à télécharger de nouveau."
            )
        insee = insee_code(cells[13], cells[12])
        if wanted(insee, cells[18]):
            yield line, FinessRow(
                *cells[1:5], cells[7], cells[10], *cells[8:10], cells[11], insee, *cells[15:17], cells[18],
                cells[22], cells[28], cells[30], *places.get(cells[1], ()),
            )  # fmt: skip
        else:
            yield line, None


def _etalab_places(path: Path, wanted: Wanted) -> dict[str, tuple[str, str, str, str]]:
    """Coordinates of the wanted establishments, by number."""
    numbers = set()
    places = {}
    for _, cells in csv_rows(path, legacy=True, delimiter=";"):
        if cells[:1] == ["structureet"] and len(cells) >= _ETALAB_FIELDS:
            if wanted(insee_code(cells[13], cells[12]), cells[18]):
                numbers.add(cells[1])
        elif len(cells) > 4 and cells[0] == "geolocalisation" and cells[1] in numbers:
            places[cells[1]] = grid_position(*cells[2:5])
    return places


def grid_position(x: str, y: str, source: str) -> tuple[str, str, str, str]:
    """(x, y, epsg, geocoding) of the columns `coordxet`, `coordyet`, `sourcecoordet`.

    `sourcecoordet` reads "1,ATLASANTE,96,BAN,EPSG:2154 RGF93 / Lambert-93 (Métropole)": score, geocoder, grid.
    Without a score, or by ADMIN-EXPRESS, the point is the centre of the commune.
    """
    parts = [part.strip() for part in source.split(",")]
    score = parts[2] if len(parts) > 2 else ""
    geocoder = parts[3] if len(parts) > 3 else ""
    grid = source.partition("EPSG:")[2][:5].strip().split(" ")[0]
    at_commune = score == "." or geocoder.upper().startswith("ADMIN-EXPRESS")
    return x.strip(), y.strip(), grid if grid.isdigit() else "", "commune" if at_commune else ""


def _read_header(path: Path, wanted: Wanted) -> Rows:
    required = [(name,) for name in (*_COLUMNS.values(), "commune", "departement", *_GEO_COLUMNS)]
    for line, cells in read_table(path, required, legacy=True):
        insee = insee_code(cells.get("departement", ""), cells.get("commune", ""))
        if wanted(insee, cells.get("categetab", "")):
            texts = {field: cells.get(column, "") for field, column in _COLUMNS.items()}
            x, y, epsg, geocoding = grid_position(*(cells.get(column, "") for column in _GEO_COLUMNS))
            yield line, FinessRow(**texts, insee=insee, x=x, y=y, epsg=epsg, geocoding=geocoding)
        else:
            yield line, None
