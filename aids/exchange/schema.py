"""The format of the file: which keys, which values, which columns. docs/aids-format.md says the same in French."""

from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from aids.conditions.kinds import ConditionKind
from aids.exchange.readers import (
    Faults,
    Key,
    by_code,
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


def _mark(column: str = "mark") -> Key:
    return Key(choice(Mark), Mark.CONFIRMED.value, column)


def _day(column: str, default: Any = None) -> Key:
    return Key(day, default, column, date.fromisoformat, _iso)


def _iso(value: date | datetime) -> str:
    return value.isoformat()


def _euros(column: str) -> Key:
    return Key(euros, None, column, lambda value: Decimal(str(value)), _number)


def _number(value: Decimal) -> int | float:
    return int(value) if value == int(value) else float(value)


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


CONDITION_KEYS = {
    "type": Key(choice(ConditionKind), column="kind"),
    "zonage": Key(choice(Scheme), "", "scheme"),
    "valeurs": Key(listing(text(60), least=1), []),
    "attendu": Key(flag, None, "expected"),
    "minimum": Key(integer(0, 1200), None, "minimum"),
    "maximum": Key(integer(0, 1200), None, "maximum"),
    "apres": _day("after"),
    "avant": _day("before"),
    "code": Key(slug(60), "", "code"),
    "texte": Key(text(400), "", "text"),
    "confiance": _mark(),
}
CONDITION = record(CONDITION_KEYS, _check_condition)
AMOUNT_KEYS = {
    "type": Key(choice(AmountKind), column="kind"),
    "minimum": _euros("minimum"),
    "maximum": _euros("maximum"),
    "mois": Key(integer(1, 600), None, "months"),
    "debut_mois": Key(integer(0, 600), 0, "start_month"),
    "jusqu_a_la_fin_des_etudes": Key(flag, False, "until_studies_end"),
    "brut_net": Key(choice(Taxation), "", "taxation"),
    "precision": Key(text(300), "", "label"),
    "confiance": _mark(),
}
AMOUNT = record(AMOUNT_KEYS, _check_amount)
CASE_KEYS = {
    "code": Key(slug(60), column="code"),
    "intitule": Key(text(200), "", "label"),
    "confiance": _mark(),
    "conditions": Key(listing(CONDITION), []),
    "montants": Key(listing(AMOUNT), []),
}
COMMITMENT_KEYS = {
    "texte": Key(text(), "", "commitment_text"),
    "mois": Key(integer(1, 600), None, "commitment_months"),
    "duree_du_versement": Key(flag, False, "commitment_as_paid"),
    "apres_les_etudes": Key(flag, False, "commitment_after_studies"),
    "confiance": _mark("commitment_mark"),
}
EXIT_KEYS = {
    "regle": Key(choice(ExitKind), "", "exit_kind"),
    "penalite_par_mois": _euros("exit_penalty_per_month"),
    "penalite_minimum": _euros("exit_penalty_minimum"),
    "penalite_apres_des": _euros("exit_penalty_after_degree"),
    "texte": Key(text(), "", "exit_text"),
    "confiance": _mark("exit_mark"),
}
CONFLICT_KEYS = {
    "aide": Key(slug()),
    "precision": Key(text(300), "", "note"),
    "confiance": _mark(),
}
STEP_KEYS = {
    "titre": Key(text(200), column="title"),
    "texte": Key(text(), "", "text"),
    "jours": Key(integer(-3650, 3650), None, "offset_days"),
    "chaque_annee": Key(yearly, ""),
    "confiance": _mark(),
}
CONTACT_KEYS = {
    "nom": Key(text(200), column="name"),
    "role": Key(text(200), "", "role"),
    "telephone": Key(text(20), "", "phone"),
    "courriel": Key(email, "", "email"),
    "site": Key(url, "", "url"),
}
SOURCE_KEYS = {
    "titre": Key(text(300), column="title"),
    "adresse": Key(url, "", "url"),
    "date": Key(text(40), "", "dated"),
    "confiance": _mark(),
}
CHANGE_KEYS = {"date": _day("on", ...), "texte": Key(text(400), column="text")}
AID_KEYS: dict[str, Key] = {
    "code": Key(slug()),
    "nom": Key(text(200), column="name"),
    "financeur": Key(slug(60)),
    "forme": Key(choice(Form), column="form"),
    "confiance": _mark(),
    "besoins": Key(listing(choice(Need)), []),
    "resume": Key(text(400), column="summary"),
    "description": Key(text(), "", "description"),
    "public": Key(text(), "", "audience"),
    "textes": Key(text(400), "", "legal_reference"),
    "a_savoir": Key(listing(text(1000)), [], "warnings"),
    "situation": Key(choice(TimeState), TimeState.OPEN.value, "time_state"),
    "ouvre_le": _day("opens_on"),
    "ferme_le": _day("closes_on"),
    "precision_dates": Key(text(300), "", "dates_note"),
    "conditions": Key(listing(CONDITION), []),
    "exclusions": Key(listing(CONDITION), []),
    "cas": Key(listing(record(CASE_KEYS, _check_case), least=1)),
    "engagement": Key(record(COMMITMENT_KEYS), {}),
    "depart": Key(record(EXIT_KEYS), {}),
    "variante_de": Key(slug(), ""),
    "remplacee_par": Key(listing(slug()), []),
    "incompatible_avec": Key(listing(record(CONFLICT_KEYS)), []),
    "demarches": Key(listing(record(STEP_KEYS)), []),
    "contacts": Key(listing(record(CONTACT_KEYS)), []),
    "sources": Key(listing(record(SOURCE_KEYS), least=1)),
    "changements": Key(listing(record(CHANGE_KEYS)), []),
    "verifie_le": _day("verified_on"),
    "verifier_tous_les": Key(integer(1, 3650), 365, "verify_every"),
    "publication": Key(choice(Status), Status.PUBLISHED.value, "status"),
    "publier_le": Key(instant, None, "publish_at", datetime.fromisoformat, _iso),
    "depublier_le": Key(instant, None, "unpublish_at", datetime.fromisoformat, _iso),
}
AID = record(AID_KEYS, _check_aid)


def _check_format(value, path: str, faults: Faults):
    if value == FORMAT:
        return value
    faults.add(path, f"« {FORMAT} » attendu : {value!r}")


FILE = record(
    {
        "format": Key(_check_format),
        "collection": Key(slug(40)),
        "financeurs": Key(by_code(text(160), "du code au nom", 60)),
        "aides": Key(listing(AID, least=1, most=2000)),
    }
)


def load(keys: Mapping[str, Key], value: Mapping[str, Any]) -> dict[str, Any]:
    """Columns of the row that holds one object of the file, its defaults filled in."""
    return {key.column: key.loaded(value.get(name)) for name, key in keys.items() if key.column}


def dump(keys: Mapping[str, Key], row: Any) -> dict[str, Any]:
    """The object of one row; what the file leaves out when it is a default is still there."""
    return {name: key.dumped(getattr(row, key.column)) for name, key in keys.items() if key.column}


def full(aid: Mapping[str, Any]) -> dict[str, Any]:
    """An aid of the file with every key, the absent ones at their default: what two versions are compared by."""
    return {name: aid.get(name, key.blank) for name, key in AID_KEYS.items()}
