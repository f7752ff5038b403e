"""The format of the file: which keys, which values. docs/aids-format.md says the same in French."""

from typing import Any

from aids.conditions.kinds import ConditionKind
from aids.exchange.readers import (
    Faults,
    Key,
    choice,
    day,
    email,
    euros,
    flag,
    instant,
    integer,
    listing,
    record,
    slug,
    text,
    url,
    yearly,
)
from aids.vocabulary import AmountKind, ExitKind, Form, Mark, Need, Taxation, TimeState
from guide.core.enums import Status
from guide.territories.enums import Scheme

FORMAT = "aides/1"
_MARK = Key(choice(Mark), Mark.CONFIRMED.value)


def _check_condition(value: dict[str, Any], path: str, faults: Faults) -> None:
    kind = value["type"]
    declared = ConditionKind(kind).declaration
    needed, one_of = declared.needed, declared.one_of
    for name in sorted(needed - value.keys()):
        faults.add(f"{path}.{name}", f"clé obligatoire pour une condition « {kind} »")
    for name in sorted(value.keys() - needed - one_of - {"type", "confiance"}):
        faults.add(f"{path}.{name}", f"clé sans objet pour une condition « {kind} »")
    if one_of and not one_of & value.keys():
        faults.add(path, f"il faut {' ou '.join(sorted(one_of))} pour une condition « {kind} »")
    _check_order(value, "minimum", "maximum", path, faults)
    _check_order(value, "apres", "avant", path, faults)
    for rank, code in enumerate(value.get("valeurs", [])):
        if not declared.accepts(code):
            faults.add(f"{path}.valeurs[{rank}]", f"« {code} » n'est pas une valeur de « {kind} »")
    if "valeurs" in value:
        value["valeurs"] = sorted(set(value["valeurs"]))


def _check_order(value: dict[str, Any], first: str, second: str, path: str, faults: Faults) -> None:
    if first in value and second in value and value[first] > value[second]:
        faults.add(f"{path}.{second}", f"plus petit que « {first} »")


def _check_amount(value: dict[str, Any], path: str, faults: Faults) -> None:
    _check_order(value, "minimum", "maximum", path, faults)
    if "mois" in value and value.get("jusqu_a_la_fin_des_etudes"):
        faults.add(f"{path}.mois", "une durée ou « jusqu_a_la_fin_des_etudes », pas les deux")
    if not {"minimum", "maximum", "precision"} & value.keys():
        faults.add(path, "un montant ou une précision est nécessaire")


def _check_case(value: dict[str, Any], path: str, faults: Faults) -> None:
    if not value.get("montants") and not value.get("intitule"):
        faults.add(path, "un montant ou un intitulé est nécessaire")


def _check_aid(value: dict[str, Any], path: str, faults: Faults) -> None:
    _check_order(value, "ouvre_le", "ferme_le", path, faults)
    codes = [case["code"] for case in value["cas"]]
    for rank, code in enumerate(codes):
        if code in codes[:rank]:
            faults.add(f"{path}.cas[{rank}].code", f"« {code} » est déjà le code d'un autre cas de cette aide")


CONDITION = record(
    {
        "type": Key(choice(ConditionKind)),
        "zonage": Key(choice(Scheme), ""),
        "valeurs": Key(listing(text(60), least=1), []),
        "attendu": Key(flag, None),
        "minimum": Key(integer(0, 1200), None),
        "maximum": Key(integer(0, 1200), None),
        "apres": Key(day, None),
        "avant": Key(day, None),
        "code": Key(slug(60), ""),
        "texte": Key(text(400), ""),
        "confiance": _MARK,
    },
    _check_condition,
)
AMOUNT = record(
    {
        "type": Key(choice(AmountKind)),
        "minimum": Key(euros, None),
        "maximum": Key(euros, None),
        "mois": Key(integer(1, 600), None),
        "debut_mois": Key(integer(0, 600), 0),
        "jusqu_a_la_fin_des_etudes": Key(flag, False),
        "brut_net": Key(choice(Taxation), ""),
        "precision": Key(text(300), ""),
        "confiance": _MARK,
    },
    _check_amount,
)
CASE = record(
    {
        "code": Key(slug(60)),
        "intitule": Key(text(200), ""),
        "confiance": _MARK,
        "conditions": Key(listing(CONDITION), []),
        "montants": Key(listing(AMOUNT), []),
    },
    _check_case,
)
COMMITMENT = record(
    {
        "texte": Key(text(), ""),
        "mois": Key(integer(1, 600), None),
        "duree_du_versement": Key(flag, False),
        "apres_les_etudes": Key(flag, False),
        "confiance": _MARK,
    }
)
EXIT = record(
    {
        "regle": Key(choice(ExitKind), ""),
        "penalite_par_mois": Key(euros, None),
        "penalite_minimum": Key(euros, None),
        "penalite_apres_des": Key(euros, None),
        "texte": Key(text(), ""),
        "confiance": _MARK,
    }
)
CONFLICT = record({"aide": Key(slug()), "precision": Key(text(300), ""), "confiance": _MARK})
STEP = record(
    {
        "titre": Key(text(200)),
        "texte": Key(text(), ""),
        "jours": Key(integer(-3650, 3650), None),
        "chaque_annee": Key(yearly, ""),
        "confiance": _MARK,
    }
)
CONTACT = record(
    {
        "nom": Key(text(200)),
        "role": Key(text(200), ""),
        "telephone": Key(text(20), ""),
        "courriel": Key(email, ""),
        "site": Key(url, ""),
    }
)
SOURCE = record({"titre": Key(text(300)), "adresse": Key(url, ""), "date": Key(text(40), ""), "confiance": _MARK})
CHANGE = record({"date": Key(day), "texte": Key(text(400))})
AID_KEYS: dict[str, Key] = {
    "code": Key(slug()),
    "nom": Key(text(200)),
    "financeur": Key(slug(60)),
    "forme": Key(choice(Form)),
    "confiance": _MARK,
    "besoins": Key(listing(choice(Need)), []),
    "resume": Key(text(400)),
    "description": Key(text(), ""),
    "public": Key(text(), ""),
    "textes": Key(text(400), ""),
    "a_savoir": Key(listing(text(1000)), []),
    "situation": Key(choice(TimeState), TimeState.OPEN.value),
    "ouvre_le": Key(day, None),
    "ferme_le": Key(day, None),
    "precision_dates": Key(text(300), ""),
    "conditions": Key(listing(CONDITION), []),
    "exclusions": Key(listing(CONDITION), []),
    "cas": Key(listing(CASE, least=1)),
    "engagement": Key(COMMITMENT, {}),
    "depart": Key(EXIT, {}),
    "variante_de": Key(slug(), ""),
    "remplacee_par": Key(listing(slug()), []),
    "incompatible_avec": Key(listing(CONFLICT), []),
    "demarches": Key(listing(STEP), []),
    "contacts": Key(listing(CONTACT), []),
    "sources": Key(listing(SOURCE, least=1)),
    "changements": Key(listing(CHANGE), []),
    "verifie_le": Key(day, None),
    "verifier_tous_les": Key(integer(1, 3650), 365),
    "publication": Key(choice(Status), Status.PUBLISHED.value),
    "publier_le": Key(instant, None),
    "depublier_le": Key(instant, None),
}
AID = record(AID_KEYS, _check_aid)


def _read_funders(value, path: str, faults: Faults) -> dict[str, str]:
    """Code and name of every funder that the file speaks of."""
    if not isinstance(value, dict):
        faults.add(path, "objet attendu, du code au nom")
        return {}
    return {
        slug(60)(code, f"{path}.{code}", faults): text(160)(name, f"{path}.{code}", faults)
        for code, name in value.items()
    }


def _check_format(value, path: str, faults: Faults):
    if value == FORMAT:
        return value
    faults.add(path, f"« {FORMAT} » attendu : {value!r}")


FILE = record(
    {
        "format": Key(_check_format),
        "collection": Key(slug(40)),
        "financeurs": Key(_read_funders),
        "aides": Key(listing(AID, least=1, most=2000)),
    }
)
