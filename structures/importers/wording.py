"""FINESS writes in capitals without accents and abbreviates; pages show names and addresses in readable French.

Pure functions. What cannot be known (most accents of proper names) stays as the source has it.
"""

import re
from functools import lru_cache

from django.utils.text import capfirst

from guide.core.french import fold

STREET_TYPES = {
    "ALL": "allée", "AV": "avenue", "BD": "boulevard", "CAR": "carrefour", "CD": "chemin départemental",
    "CHE": "chemin", "CHS": "chaussée", "CITE": "cité", "COR": "corniche", "CRS": "cours", "DOM": "domaine",
    "DSC": "descente", "ECA": "écart", "ESP": "esplanade", "FG": "faubourg", "GPL": "grand-place",
    "GR": "grande-rue", "HAM": "hameau", "HLE": "halle", "IMP": "impasse", "LD": "lieu-dit", "LOT": "lotissement",
    "MAR": "marché", "MTE": "montée", "PAS": "passage", "PASS": "passage", "PL": "place", "PLN": "plaine",
    "PLT": "plateau", "PRO": "promenade", "PROM": "promenade", "PRV": "parvis", "QUA": "quartier", "QU": "quai",
    "QUAI": "quai", "R": "rue", "RES": "résidence", "RLE": "ruelle", "ROC": "rocade", "RPT": "rond-point",
    "RTE": "route", "SEN": "sentier", "SQ": "square", "TPL": "terre-plein", "TRA": "traverse", "TSSE": "terrasse",
    "VC": "voie communale", "VLA": "villa", "VLGE": "village", "VEN": "venelle", "ZA": "ZA", "ZAC": "ZAC",
    "ZI": "ZI",
}  # fmt: skip
REPETITIONS = {"B": "bis", "T": "ter", "Q": "quater"}
ACRONYMS = {
    "AMBC", "APF", "ARAUCO", "ASSAD", "BP", "CDS", "CH", "CHI", "CHIC", "CHR", "CHRU", "CHS", "CHU", "CIS",
    "CLAP", "CMS", "CPTS", "CRF", "CRFPA", "CS", "CSI", "DAC", "EHPAD", "EPSM", "ESP", "ESS", "ESSP", "GCS",
    "GIE", "GIP", "HAD", "IRM", "LADAPT", "LBM", "MCO", "MGEN", "MSA", "MSP", "MSPU", "OSAT", "SA", "SAS",
    "SCM", "SELARL", "SELAS", "SISA", "SMR", "SSR", "UDM", "UAD", "UGECAM", "URPS", "USLD", "VYV", "ZA", "ZAC",
    "ZI",
}  # fmt: skip
SMALL = {
    "a", "à", "au", "aux", "avec", "chez", "d", "dans", "de", "des", "du", "en", "et", "l", "la", "le", "les",
    "lès", "ou", "par", "pour", "sous", "sur", "un", "une",
}  # fmt: skip
# Accents of usual words, by their folded form.
ACCENTS = {
    "andre": "andré", "aout": "août", "chateau": "château",
    "ecole": "école", "coeur": "cœur", "eglise": "église", "etablissement": "établissement", "etoile": "étoile",
    "evolution": "évolution", "francais": "français", "francaise": "française",
    "francois": "françois", "frederic": "frédéric", "general": "général",
    "gerard": "gérard", "geriatrique": "gériatrique", "helene": "hélène", "hemodialyse": "hémodialyse",
    "hopital": "hôpital", "hopitaux": "hôpitaux", "hotel": "hôtel", "infirmiere": "infirmière",
    "jerome": "jérôme", "liberation": "libération", "marechal": "maréchal", "medecin": "médecin",
    "medecine": "médecine", "medecins": "médecins", "medical": "médical", "medicale": "médicale",
    "medicales": "médicales", "medicalisee": "médicalisée", "medicaux": "médicaux",
    "nephrologie": "néphrologie", "obstetrique": "obstétrique", "penitentiaire": "pénitentiaire",
    "pole": "pôle", "president": "président", "prive": "privé", "privee": "privée",
    "proximite": "proximité", "readaptation": "réadaptation", "reeducation": "rééducation",
    "regional": "régional", "regionale": "régionale", "rene": "rené", "republique": "république",
    "residence": "résidence", "resistance": "résistance", "sante": "santé", "specialise": "spécialisé",
    "specialisee": "spécialisée", "specialises": "spécialisés", "theatre": "théâtre", "therese": "thérèse",
    "unite": "unité", "unites": "unités", "universite": "université",
}  # fmt: skip
# Common nouns and adjectives of names of structures: lower case inside a name.
COMMON = {
    "alternative", "analyses", "antenne", "appui", "association", "autodialyse", "biologie", "centre",
    "clinique", "communautaire", "communauté", "convalescence", "coordination", "dentaire", "dialyse",
    "dispositif", "domicile", "équipe", "établissement", "fonctionnelle", "gériatrique", "groupe",
    "hémodialyse", "hôpital", "hôpitaux", "hospitalier", "hospitalière", "hospitalisation", "infirmier",
    "infirmiers", "infirmière", "intercommunal", "intercommunale", "laboratoire", "local", "longue", "maison",
    "maisons", "médecine", "médical", "médicale", "médicales", "médicalisée", "médicaux", "municipal",
    "municipale", "néphrologie", "obstétrique", "pluridisciplinaire", "pluriprofessionnelle",
    "pluriprofessionnel", "pôle", "polyclinique", "polyvalent", "polyvalente", "primaires", "privé", "privée",
    "professionnelle", "proximité", "psychiatrie", "psychiatrique", "pédiatrique", "réadaptation",
    "rééducation", "régional", "régionale", "résidence", "santé", "service", "site", "soins", "spécialisé",
    "spécialisée", "spécialisés", "suite", "territoriale", "unité", "unités", "universitaire", "durée",
}  # fmt: skip
_ROMAN = re.compile(r"(?=[IVX]{2,}$)X{0,3}(IX|IV|V?I{0,3})$")
_ELISION = re.compile(r"\b([DL]) (?=[AEIOUYHÀÂÉÈÊÎÔŒ])")
_WORD = re.compile(r"[^\W_]+")
_VOWEL = re.compile(r"[AEIOUYÀ-ÖØ-Þ]", re.IGNORECASE)
_PHONE = re.compile(r"0[1-9]\d{8}")
_SHORT_PHONE = re.compile(r"1\d{1,2}|11[68]\d{3}|3\d{3}")
_POSTAL = re.compile(r"(\d{5})\b")
_CEDEX = re.compile(r"\bCEDEX\b", re.IGNORECASE)


def readable_name(text: str, commune: str = "") -> str:
    """A name in readable case: "MSP DE LA CHATRE" in La Châtre -> "MSP de La Châtre".

    A name that already has lower case letters is left as it is. `commune` gives back its own accents.
    """
    text = " ".join(text.split())
    if text != text.upper() or not _VOWEL.search(text):
        return text
    written = _sentence(text, common_lower=True)
    spoken_of = commune and _folded(commune).split()[-1] in fold(text)
    return _restore(written, commune) if spoken_of else written


def readable_street(text: str) -> str:
    """The name of a street in readable case: "DE LA REPUBLIQUE" -> "de la République"."""
    text = " ".join(text.split())
    return _sentence(text, common_lower=False, first_upper=False) if text == text.upper() else text


def _sentence(text: str, *, common_lower: bool, first_upper: bool = True) -> str:
    text = _ELISION.sub(r"\1'", text)
    first = True
    pieces = []
    last = 0
    for match in _WORD.finditer(text):
        pieces.append(text[last : match.start()])
        pieces.append(_word(match[0], first=first and first_upper, common_lower=common_lower))
        first, last = False, match.end()
    return "".join(pieces) + text[last:]


@lru_cache(maxsize=20_000)
def _word(word: str, *, first: bool, common_lower: bool) -> str:
    if word in ACRONYMS or any(c.isdigit() for c in word) or _ROMAN.match(word):
        return word
    if word in {"ST", "STE"}:
        return "Saint" if word == "ST" else "Sainte"
    lower = ACCENTS.get(_folded(word), word.lower())
    if lower in SMALL or (common_lower and lower in COMMON):
        return capfirst(lower) if first else lower
    if len(word) in range(2, 6) and not _VOWEL.search(word) and word not in {"DR", "PR", "MGR"}:
        return word
    return capfirst(lower)


def _restore(text: str, commune: str) -> str:
    """Put the commune's own spelling wherever its name stands in `text`, whatever the accents and hyphens."""
    wanted = _folded(commune).split()
    words = [(match, _folded(match[0])) for match in _WORD.finditer(text)]
    for start in range(len(words) - len(wanted) + 1):
        if [word for _, word in words[start : start + len(wanted)]] == wanted:
            begin, end = words[start][0].start(), words[start + len(wanted) - 1][0].end()
            return text[:begin] + commune + text[end:]
    return text


@lru_cache(maxsize=20_000)
def _folded(text: str) -> str:
    return fold(text)


def address_line(number: str, repetition: str, street_type: str, street: str, locality: str) -> str:
    """One line: ("5", "B", "R", "PASTEUR", "BP 12") -> "5 bis rue Pasteur, BP 12"."""
    code = street_type.strip().upper()
    way = STREET_TYPES.get(code, street_type.strip().lower())
    repeated = REPETITIONS.get(repetition.strip().upper(), repetition.strip().upper())
    words = [number.strip().lstrip("0"), repeated if number.strip() else "", way, readable_street(street)]
    line = " ".join(word for word in words if word)
    parts = [capfirst(line), readable_name(locality)]
    return ", ".join(part for part in parts if part)


def postal_code(line: str, known: tuple[str, ...] = ()) -> str:
    """The postal code of a routing line ("36019 CHATEAUROUX CEDEX").

    A CEDEX code is that of a sorting office, not of a place: it gives way to the commune's own code when the
    commune has only one (`known`), and stays otherwise.
    """
    match = _POSTAL.match(line.strip())
    code = match[1] if match else ""
    return known[0] if len(known) == 1 and _CEDEX.search(line) else code


def phone(text: str) -> str:
    """A French number as "02 54 00 00 00", a short number as it is, else ""."""
    digits = re.sub(r"\D", "", re.sub(r"^\s*(?:\+|00)33\s*(?:\(0\))?", "0", text))
    if _PHONE.fullmatch(digits):
        return " ".join(digits[i : i + 2] for i in range(0, 10, 2))
    return digits if _SHORT_PHONE.fullmatch(digits) else ""
