"""The format of golden cases: who, where, when, and the verdicts that the tests of a region expect."""

import re
from typing import Any

from aids.exchange.readers import Faults, Key, choice, day, euros, flag, integer, listing, record, slug, text
from aids.querysets import LEVEL_SCHEMES
from aids.specialties import Specialty
from aids.vocabulary import Mode, Profile, Sector, TaxRegime
from guide.territories.enums import Scheme
from structures.enums import Kind as StructureKind

_CODE = re.compile(r"[0-9A-Z]{2,5}")
Document = dict[str, Any]


def _place_code(value, path: str, faults: Faults):
    """Official code of a commune or of a department."""
    if isinstance(value, str) and _CODE.fullmatch(value):
        return value
    faults.add(path, f"code officiel attendu : {value!r}")


def _level(scheme: Scheme):
    """A level of one zoning; "HZ": outside every level."""

    levels = ["HZ", *(level for level, owner in LEVEL_SCHEMES.items() if owner == scheme and level != "HZ")]

    def read(value, path, faults):
        if value in levels:
            return value
        faults.add(path, f"« {value} » inconnu ; valeurs possibles : {', '.join(levels)}")

    return read


def _by_code(read_one):
    """An object whose keys are codes of aids or of points to be checked."""

    def read(value, path, faults):
        if not isinstance(value, dict):
            faults.add(path, "objet attendu, du code à la valeur")
            return {}
        return {
            slug()(code, f"{path}.{code}", faults): read_one(one, f"{path}.{code}", faults)
            for code, one in value.items()
        }

    return read


ANSWER_KEYS: dict[str, Key] = {
    "jour": Key(day),
    "profils": Key(listing(choice(Profile), least=1)),
    "specialite": Key(choice(Specialty), None),
    "modes": Key(listing(choice(Mode), least=1), None),
    "secteur": Key(choice(Sector), None),
    "commune": Key(_place_code, None),
    "departement": Key(_place_code, None),
    "zone": Key(_level(Scheme.DOCTORS), None),
    "frr": Key(_level(Scheme.FRR), None),
    "structures": Key(listing(choice(StructureKind), least=1), None),
    "premiere": Key(flag, None),
    "meme_categorie": Key(flag, None),
    "installe_le": Key(day, None),
    "demi_journees": Key(integer(0, 14), None),
    "coordonne": Key(flag, None),
    "gardes": Key(flag, None),
    "salaries": Key(integer(0, 1200), None),
    "regime_fiscal": Key(choice(TaxRegime), None),
    "age": Key(integer(18, 120), None),
    "verifie": Key(_by_code(flag), {}),
}


def _check_place(value: Document, path: str, faults: Faults) -> None:
    if "commune" in value and "departement" in value:
        faults.add(f"{path}.departement" if path else "departement", "une commune ou un département, pas les deux")


ANSWERS = record(ANSWER_KEYS, _check_place)
_codes = listing(slug())
GOLDEN = record(
    {
        "titre": Key(text(200)),
        **ANSWER_KEYS,
        "accordees": Key(_codes, []),
        "a_verifier": Key(_codes, []),
        "refusees": Key(_codes, []),
        "montants": Key(_by_code(euros), {}),
        "raisons": Key(_by_code(text(200)), {}),
    },
    _check_place,
)
