"""Reads every FINESS extract of data.gouv.fr, recognised by its content, as the same rows.

- `etalab-cs1100507`: no header, `structureet` rows, then a `geolocalisation` section joined by number;
- `etalab-cs1100502`: the same without the section;
- the re-exposed CSV with a header (`finess_etablissements.csv`);
- FINESS+ JSON (Agence du numérique en santé, since July 2026), gzipped or not, one legal entity at a time.

Traps of the JSON: `coordonneeX` is the WGS84 longitude and `coordonneeY` the latitude; `directionLatitude` is the
Lambert-93 Y; the case of keys and their underscores vary, and so does the level that holds the category; codes are
plain strings or objects with a `code`; closed sites are in it; a site may have several addresses, and one in three has
no coordinates.
"""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, NamedTuple

from guide.core.enums import RefusalReason
from guide.core.imports.contract import FileRefused
from guide.core.imports.files import MOJIBAKE, csv_rows, open_bytes, read_table
from guide.core.imports.json_files import items

Wanted = Callable[[str, str], bool]  # (INSEE code, category) -> in scope
SITE_ADDRESS = "03"  # `usageAdresse` of the place itself; the others serve for mail
_ETALAB_FIELDS = 31  # the date of the last update, last column that is read, is the 31st
_COLUMNS = {
    "finess": "nofinesset", "legal": "nofinessej", "short_name": "rs", "long_name": "rslongue",
    "number": "numvoie", "repetition": "compvoie", "street_type": "typvoie", "street": "voie",
    "locality": "lieuditbp", "routing": "ligneacheminement", "phone": "telephone", "category": "categetab",
    "siret": "siret", "opened": "dateouv", "updated": "datemaj",
}  # fmt: skip
_GEO_COLUMNS = ("coordxet", "coordyet", "sourcecoordet")


class FinessRow(NamedTuple):
    """Texts of one establishment; "" when the file has none.

    Coordinates are those of the file: metres in the grid `epsg`, or WGS84 degrees when `epsg` is "4326"
    (x is then the longitude, y the latitude). `geocoding` says how they were found: "commune", "street" or "".
    """

    finess: str
    legal: str
    short_name: str
    long_name: str
    number: str
    repetition: str
    street_type: str
    street: str
    locality: str
    insee: str
    routing: str
    phone: str
    category: str
    siret: str
    opened: str
    updated: str
    x: str = ""
    y: str = ""
    epsg: str = ""
    geocoding: str = ""
    email: str = ""


Rows = Iterator[tuple[int, FinessRow | None]]


def insee_code(department: str, commune: str) -> str:
    """INSEE code from the two columns of the historic files.

    `commune` has 3 characters. Overseas, `department` is a FINESS code of its own (9A Guadeloupe… 9J) and the
    three characters already hold the last digit of the department: 9D + 411 = 97411.
    """
    if len(commune) == 5:
        return commune
    if department[:1] == "9" and department[1:2].isalpha():
        return f"97{commune}"
    return f"{department}{commune}"


def read_finess(path: Path, wanted: Wanted) -> Rows:
    """Yield (line, row) of a FINESS file; the row is None when `wanted` says it is out of scope.

    Only what is wanted is kept in memory, and never the whole file.
    """
    with open_bytes(path) as stream:
        start = stream.read(4096).lstrip(b"\xef\xbb\xbf \t\r\n")
    if start[:1] == b"{":
        return _read_json(path, wanted)
    if start.startswith((b"finess;etalab", b"structureet;")):
        return _read_etalab(path, wanted)
    return _read_header(path, wanted)


def _read_json(path: Path, wanted: Wanted) -> Rows:
    """Yield (rank of the site in the file, row); None for a site that is closed or out of scope."""
    rank = 0
    for _, item in items(path, "pmej.item", "entités juridiques"):
        entity = _lenient(item)
        legal = _text(_lenient(entity.get("informationsgeneralespmej")), "numfinesspm")
        for site in entity.get("ege") or ():
            rank += 1
            yield rank, _site(path, rank, legal, _lenient(site), wanted)
    if not rank:
        raise FileRefused(RefusalReason.COLUMNS, f"{path.name} : aucune liste « pmej » avec des sites « ege ».")


def _site(path: Path, rank: int, legal: str, site: dict[str, Any], wanted) -> FinessRow | None:
    about = _lenient(site.get("informationsgeneralesege"))
    if _text(site, "etatobjet") not in {"A", ""} or _text(about, "datefermeture"):
        return None
    address = _address(site.get("adresse") or ())
    category = _text(site, "categorieentitegeographiqueexercice") or _text(
        about, "categorieentitegeographiqueexercice"
    )
    insee = _text(address, "cogcommune")
    if not wanted(insee, category):
        return None
    row = FinessRow(
        finess=_text(about, "numfinessege"),
        legal=legal,
        short_name=_text(about, "nomegecourt"),
        long_name=_text(about, "nomegelong"),
        number=_text(address, "numerovoie"),
        repetition=_text(address, "complementvoie"),
        street_type=_text(address, "typevoie"),
        street=_text(address, "libellevoie"),
        locality=_text(address, "lieudit"),
        insee=insee,
        routing=f"{_text(address, 'codepostal')} {_text(address, 'ligneacheminement')}".strip(),
        category=category,
        siret=_text(about, "siret"),
        opened=_text(about, "dateouverture")[:10],
        updated=_text(site, "datedernieremaj")[:10],
        **_position(_lenient(address.get("coordonneesgeographique"))),
        **_telecom(site.get("contact") or ()),
    )
    if MOJIBAKE.search(row.long_name):
        raise FileRefused(RefusalReason.ENCODING, f"{path.name}, site {rank} : accents abîmés (« Ã© »).")
    return row


def _address(addresses) -> dict[str, Any]:
    """The address of the place: the one of that usage, with coordinates rather than without, else the first."""
    lenient = [_lenient(address) for address in addresses]
    return min(
        lenient,
        key=lambda a: (_text(a, "usageadresse") != SITE_ADDRESS, not a.get("coordonneesgeographique")),
        default={},
    )


def _position(point: dict[str, Any]) -> dict[str, str]:
    """WGS84 degrees when given, else Lambert-93 metres; the BAN key tells a house, a street or a commune."""
    longitude, latitude = _text(point, "coordonneex"), _text(point, "coordonneey")
    x, y = _text(point, "directionlongitude"), _text(point, "directionlatitude")
    parts = _text(point, "cleininteropban").count("_")
    geocoding = {0: "commune", 1: "street"}.get(parts, "") if _text(point, "cleininteropban") else ""
    if longitude and latitude:
        return {"x": longitude, "y": latitude, "epsg": "4326", "geocoding": geocoding}
    if x and y:
        return {"x": x, "y": y, "epsg": "2154", "geocoding": geocoding}
    return {}


def _telecom(contacts) -> dict[str, str]:
    telecoms = [_lenient(_lenient(contact).get("telecom")) for contact in contacts]
    phone = next((_text(t, "telephone") for t in telecoms if _text(t, "telephone")), "")
    email = next((_text(t, "courriel") for t in telecoms if _text(t, "courriel")), "")
    return {"phone": phone, "email": email}


def _lenient(value: Any) -> dict[str, Any]:
    """An object with its keys in lower case and without underscores; anything else as an empty object."""
    if not isinstance(value, dict):
        return {}
    return {key.replace("_", "").lower(): content for key, content in value.items()}


def _text(values: dict[str, Any], key: str) -> str:
    """Text of one value; a code may come as an object."""
    value = values.get(key)
    if isinstance(value, dict):
        value = value.get("code")
    return "" if value is None else str(value).strip()


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
