"""One establishment as any FINESS file gives it: plain texts, before conversion. Same fields for every format."""

from typing import NamedTuple


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
