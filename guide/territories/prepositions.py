"""Names of places inside a French sentence: "dans l'Indre", "au Blanc", "d'Orléans", "en Eure-et-Loir"."""

from guide.territories.enums import TerritoryKind

# Usage by department code; "La Réunion" keeps its article.
_DEPARTMENTS = {
    "dans l'": "01 02 03 10 11 12 27 34 36 60 61 89 91",
    "dans la ": "23 26 42 50 51 55 58 72 80 86",
    "dans le ": "14 15 18 25 29 30 32 39 41 45 46 47 56 59 62 63 67 68 69 81 82 83 84 90 94 95",
    "dans les ": "04 05 06 08 13 22 40 64 65 66 78 79 88 92",
    "en ": "07 09 16 17 19 21 24 28 2A 2B 31 33 35 37 38 43 44 48 49 52 53 54 57 70 71 73 74 76 77 85 87 93 "
    "971 972 973",
    "à ": "75 974 976",
}
_PREPOSITIONS = {code: words for words, codes in _DEPARTMENTS.items() for code in codes.split()}
_KINDS = {
    TerritoryKind.REGION: "en région ",
    TerritoryKind.EPCI: "dans l'intercommunalité ",
    TerritoryKind.LIVING_AREA: "dans le bassin de vie ",
    TerritoryKind.CPTS_AREA: "dans le périmètre de la CPTS ",
}


def inside(kind: str, code: str, name: str) -> str:
    """`dans l'Indre`, `à La Châtre`, `au Blanc`, `dans le bassin de vie d'Issoudun`."""
    if kind == TerritoryKind.DEPARTMENT:
        return f"{_PREPOSITIONS.get(code, 'dans le département : ')}{name}"
    if kind == TerritoryKind.COMMUNE:
        return at(name)
    return f"{_KINDS.get(kind, '')}{of(name) if kind == TerritoryKind.LIVING_AREA else name}"


def at(name: str) -> str:
    """`à Tours`, `au Blanc`, `aux Aix-d'Angillon`."""
    return _contracted(name, {"Le ": "au ", "Les ": "aux "}) or f"à {name}"


def of(name: str) -> str:
    """`de Tours`, `du Blanc`, `des Aix-d'Angillon`, `d'Orléans`."""
    elided = name[:1] in "AEIOUYÂÉÈÊÎÔŒ" or name.startswith("H")
    return _contracted(name, {"Le ": "du ", "Les ": "des "}) or (f"d'{name}" if elided else f"de {name}")


def _contracted(name: str, articles: dict[str, str]) -> str:
    for article, contraction in articles.items():
        if name.startswith(article):
            return contraction + name.removeprefix(article)
    return ""
