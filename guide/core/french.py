"""French typography and plain-text folding, shared by pages, imports and searches."""

import re
import unicodedata
from collections.abc import Iterable
from datetime import date

NBSP = "\u00a0"
NARROW_NBSP = "\u202f"
MINUS = "\u2212"
UNKNOWN = "non renseigné"
# First words of the names of kinds, as the administration shows them; a test asks for each name of a kind.
FEMININE = frozenset(
    {
        "actualité", "aide", "appartenance", "condition", "édition", "étape", "façon", "fiche", "incompatibilité",
        "ligne", "liste", "page", "photo", "profession", "proposition", "redirection", "réponse", "source",
        "structure", "valeur",
    }
)  # fmt: skip
MASCULINE = frozenset(
    {
        "arrêt", "atout", "besoin", "cas", "changement", "chiffre", "classement", "contact", "document", "doublon",
        "événement", "financeur", "groupe", "identifiant", "indicateur", "lien", "lieu", "mode", "montant",
        "partenaire", "périmètre", "point", "portrait", "rapport", "témoignage", "temps", "terme", "territoire",
        "travail", "type", "utilisateur",
    }
)  # fmt: skip
MONTHS = (
    "janvier", "février", "mars", "avril", "mai", "juin",
    "juillet", "août", "septembre", "octobre", "novembre", "décembre",
)  # fmt: skip
# Articles of bodies by the first word of their name, folded; a name of its own ("Cap Loiret Santé") has none.
ARTICLES = {
    **dict.fromkeys(("agence", "ars", "ehpad", "etablissement", "hopital", "ordre", "union", "urps", "urssaf"), "l'"),
    **dict.fromkeys(
        ("caisse", "carmf", "cpam", "faculte", "federation", "msa", "mutualite", "region", "ville"), "la "
    ),
    **dict.fromkeys(("centre", "chru", "chu", "conseil", "dac", "departement", "dispositif", "gip"), "le "),
    **dict.fromkeys(("groupement", "portail"), "le "),
    **dict.fromkeys(("dispositifs", "finances"), "les "),
    **dict.fromkeys(("plateforme", "ville"), "la "),
}
_LIGATURES = str.maketrans({"œ": "oe", "Œ": "oe", "æ": "ae", "Æ": "ae", "ß": "ss"})
_COMBINING = re.compile("[\u0300-\u036f]+")  # accents, once taken off their letters
_BEFORE_MARK = re.compile(r" (?=[:;!?»%€](?![\w:]))|(?<=«) ")
_THOUSANDS = re.compile(r"(?<!\d)(\d{1,3}) (?=\d{3}(?!\d))")
_NOT_WORD = re.compile(r"[^a-z0-9]+")


def fold(text: str) -> str:
    """Lower case, no accent, no punctuation, single spaces: "L'Île-d'Œuvre" -> "l ile d oeuvre".

    Both databases compare this form, because SQLite's LIKE ignores case for ASCII letters only.
    """
    if not text.isascii():
        text = _COMBINING.sub("", unicodedata.normalize("NFKD", text.translate(_LIGATURES)))
    return _NOT_WORD.sub(" ", text.lower()).strip()


def number(value: float | int, decimals: int = 0) -> str:
    """A number in French: narrow no-break space every three digits, decimal comma, true minus sign."""
    text = f"{value:,.{decimals}f}"
    return text.replace(",", NARROW_NBSP).replace(".", ",").replace("-", MINUS)


def typographic(text: str) -> str:
    """French spaces in a text typed with plain ones: no break before : ; ! ? » % €, after «, nor inside a number."""
    while (tied := _THOUSANDS.sub(rf"\1{NARROW_NBSP}", text)) != text:
        text = tied
    return _BEFORE_MARK.sub(NBSP, text)


def plural(count: int, singular: str, plural_form: str = "") -> str:
    """`1 structure`, `12 structures`: the count in French with its noun (plural from 2 on)."""
    noun = singular if abs(count) < 2 else (plural_form or f"{singular}s")
    return f"{number(count)}{NBSP}{noun}"


def joined(words: Iterable[str], link: str = "et") -> str:
    """`MSP, CPTS et DAC`."""
    *first, last = [*words] or [""]
    return f"{', '.join(first)} {link} {last}" if first else last


def indefinite(noun: str) -> str:
    """`une structure`, `un cas type`: a kind with its article. KeyError: a name whose gender is not said."""
    first = noun.split()[0]
    if first in FEMININE:
        return f"une {noun}"
    if first in MASCULINE:
        return f"un {noun}"
    raise KeyError(first)


def long_date(day: date) -> str:
    """`1er juillet 2024`."""
    first = "1er" if day.day == 1 else str(day.day)
    return f"{first}{NBSP}{MONTHS[day.month - 1]}{NBSP}{day.year}"


def partial_date(text: str) -> str:
    """A date known to the year, month or day in words: "2018" -> "2018", "2018-06" -> "juin 2018".

    Anything else comes back unchanged, because a source may say "vers 2023".
    """
    match = re.fullmatch(r"(\d{4})(?:-(\d{2}))?(?:-(\d{2}))?", text)
    if not match or (match[2] and not 1 <= int(match[2]) <= 12):
        return text
    if match[3]:
        try:
            return long_date(date.fromisoformat(text))
        except ValueError:
            return text
    return f"{MONTHS[int(match[2]) - 1]}{NBSP}{match[1]}" if match[2] else text


def date_beside(source: str, day: str) -> str:
    """The date of a source in words, to print after its name; "" where the name says it already."""
    told = partial_date(day)
    return "" if told.replace(NBSP, " ") in source.replace(NBSP, " ") else told


def at(name: str) -> str:
    """`à Tours`, `au Blanc`, `aux Aix-d'Angillon`."""
    return _contracted(name, {"Le ": "au ", "Les ": "aux "}) or f"à {name}"


def of(name: str) -> str:
    """`de Tours`, `du Blanc`, `des Aix-d'Angillon`, `d'Orléans`."""
    elided = name.startswith(tuple("AEIOUYÂÉÈÊÎÔŒH"))
    return _contracted(name, {"Le ": "du ", "Les ": "des "}) or (f"d'{name}" if elided else f"de {name}")


def named(name: str) -> str:
    """A body in a sentence, with its article: `la Caisse primaire`, `l'ARS`; without any, `Cap Loiret Santé`."""
    article = ARTICLES.get(fold(name).partition(" ")[0], "")
    return f"{article}{name}"


def addressed(name: str) -> str:
    """`à la Caisse primaire`, `au Conseil départemental`, `aux Finances publiques`, `à Cap Loiret Santé`."""
    whole = named(name)
    return _contracted(whole, {"le ": "au ", "les ": "aux "}) or f"à {whole}"


def _contracted(name: str, articles: dict[str, str]) -> str:
    for article, contraction in articles.items():
        if name.startswith(article):
            return contraction + name.removeprefix(article)
    return ""
