"""Reads FINESS+ (Agence du numérique en santé, since July 2026) as a stream: one legal entity at a time.

Traps of the real file: `coordonneeX` is the WGS84 longitude and `coordonneeY` the latitude; `directionLatitude`
is the Lambert-93 Y; the case of keys and their underscores vary, and so does the level that holds the category;
codes are plain strings or objects with a `code`; closed sites are in it; a site may have several addresses, and
one in three has no coordinates.
"""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from guide.core.enums import RefusalReason
from guide.core.imports.contract import FileRefused
from guide.core.imports.files import MOJIBAKE
from guide.core.imports.json_files import items
from structures.importers.finess_row import FinessRow

SITE_ADDRESS = "03"  # `usageAdresse` of the place itself; the others serve for mail


def read_json(path: Path, wanted: Callable[[str, str], bool]) -> Iterator[tuple[int, FinessRow | None]]:
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
    """The first phone number and the first address of the contacts."""
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
