"""Names of places inside a French sentence: "dans l'Indre", "au Blanc", "d'Orléans", "en Eure-et-Loir"."""

from guide.territories.cog import DEPARTMENTS
from guide.territories.enums import TerritoryKind

_KINDS = {
    TerritoryKind.REGION: "en région ",
    TerritoryKind.EPCI: "dans l'intercommunalité ",
    TerritoryKind.LIVING_AREA: "dans le bassin de vie ",
    TerritoryKind.CPTS_AREA: "dans le périmètre de la CPTS ",
}


def inside(kind: str, code: str, name: str) -> str:
    """`dans l'Indre`, `à La Châtre`, `au Blanc`, `dans le bassin de vie d'Issoudun`."""
    if kind == TerritoryKind.DEPARTMENT:
        word = DEPARTMENTS[code].preposition if code in DEPARTMENTS else "dans le département :"
        return f"{word}{name}" if word.endswith("'") else f"{word} {name}"
    if kind == TerritoryKind.COMMUNE:
        return at(name)
    return f"{_KINDS.get(kind, '')}{of(name) if kind == TerritoryKind.LIVING_AREA else name}"


def at(name: str) -> str:
    """`à Tours`, `au Blanc`, `aux Aix-d'Angillon`."""
    return _contracted(name, {"Le ": "au ", "Les ": "aux "}) or f"à {name}"


def of(name: str) -> str:
    """`de Tours`, `du Blanc`, `des Aix-d'Angillon`, `d'Orléans`."""
    elided = name.startswith(tuple("AEIOUYÂÉÈÊÎÔŒH"))
    return _contracted(name, {"Le ": "du ", "Les ": "des "}) or (f"d'{name}" if elided else f"de {name}")


def _contracted(name: str, articles: dict[str, str]) -> str:
    for article, contraction in articles.items():
        if name.startswith(article):
            return contraction + name.removeprefix(article)
    return ""
