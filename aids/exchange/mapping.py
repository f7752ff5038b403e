"""Which column holds which key of the file, and how each value is written and read back."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from aids.exchange.readers import Key
from aids.exchange.schema import AID_KEYS


def _same(value):
    return value


def _day(value: str | None) -> date | None:
    return date.fromisoformat(value) if value else None


def _instant(value: str | None) -> datetime | None:
    return datetime.fromisoformat(value) if value else None


def _iso(value: date | datetime | None) -> str | None:
    return value.isoformat() if value else None


def _money(value: float | None) -> Decimal | None:
    return None if value is None else Decimal(str(value))


def _number(value: Decimal | None) -> int | float | None:
    if value is None:
        return None
    return int(value) if value == int(value) else float(value)


@dataclass(frozen=True, slots=True)
class Column:
    """One column: how a value of the file enters it (`load`), and how it leaves it (`dump`)."""

    name: str
    default: Any = None
    load: Callable = _same
    dump: Callable = _same


def _mark(name: str = "mark") -> Column:
    return Column(name, "confirme")


AID: Mapping[str, Column] = {
    "nom": Column("name"),
    "forme": Column("form"),
    "confiance": _mark(),
    "resume": Column("summary"),
    "description": Column("description", ""),
    "public": Column("audience", ""),
    "textes": Column("legal_reference", ""),
    "a_savoir": Column("warnings", ()),
    "situation": Column("time_state", "ouverte"),
    "ouvre_le": Column("opens_on", None, _day, _iso),
    "ferme_le": Column("closes_on", None, _day, _iso),
    "precision_dates": Column("dates_note", ""),
    "verifie_le": Column("verified_on", None, _day, _iso),
    "verifier_tous_les": Column("verify_every", 365),
    "publication": Column("status", "published"),
    "publier_le": Column("publish_at", None, _instant, _iso),
    "depublier_le": Column("unpublish_at", None, _instant, _iso),
}
COMMITMENT: Mapping[str, Column] = {
    "texte": Column("commitment_text", ""),
    "mois": Column("commitment_months"),
    "duree_du_versement": Column("commitment_as_paid", False),
    "apres_les_etudes": Column("commitment_after_studies", False),
    "confiance": _mark("commitment_mark"),
}
EXIT: Mapping[str, Column] = {
    "regle": Column("exit_kind", ""),
    "penalite_par_mois": Column("exit_penalty_per_month", None, _money, _number),
    "penalite_minimum": Column("exit_penalty_minimum", None, _money, _number),
    "penalite_apres_des": Column("exit_penalty_after_degree", None, _money, _number),
    "texte": Column("exit_text", ""),
    "confiance": _mark("exit_mark"),
}
CASE: Mapping[str, Column] = {"code": Column("code"), "intitule": Column("label", ""), "confiance": _mark()}
CONDITION: Mapping[str, Column] = {
    "type": Column("kind"),
    "zonage": Column("scheme", ""),
    "attendu": Column("expected"),
    "minimum": Column("minimum"),
    "maximum": Column("maximum"),
    "apres": Column("after", None, _day, _iso),
    "avant": Column("before", None, _day, _iso),
    "code": Column("code", ""),
    "texte": Column("text", ""),
    "confiance": _mark(),
}
AMOUNT: Mapping[str, Column] = {
    "type": Column("kind"),
    "minimum": Column("minimum", None, _money, _number),
    "maximum": Column("maximum", None, _money, _number),
    "mois": Column("months"),
    "debut_mois": Column("start_month", 0),
    "jusqu_a_la_fin_des_etudes": Column("until_studies_end", False),
    "brut_net": Column("taxation", ""),
    "precision": Column("label", ""),
    "confiance": _mark(),
}
CONFLICT: Mapping[str, Column] = {"precision": Column("note", ""), "confiance": _mark()}
STEP: Mapping[str, Column] = {
    "titre": Column("title"),
    "texte": Column("text", ""),
    "jours": Column("offset_days"),
    "confiance": _mark(),
}
CONTACT: Mapping[str, Column] = {
    "nom": Column("name"),
    "role": Column("role", ""),
    "telephone": Column("phone", ""),
    "courriel": Column("email", ""),
    "site": Column("url", ""),
}
SOURCE: Mapping[str, Column] = {
    "titre": Column("title"),
    "adresse": Column("url", ""),
    "date": Column("dated", ""),
    "confiance": _mark(),
}
CHANGE: Mapping[str, Column] = {"date": Column("on", None, _day, _iso), "texte": Column("text")}


def load(columns: Mapping[str, Column], value: Mapping[str, Any]) -> dict[str, Any]:
    """Columns of one object of the file, its defaults filled in."""
    return {c.name: c.load(value[key]) if key in value else _fresh(c.default) for key, c in columns.items()}


def dump(columns: Mapping[str, Column], row: Any) -> dict[str, Any]:
    """The object of one row; what the file leaves out when it is a default is still there."""
    return {key: column.dump(getattr(row, column.name)) for key, column in columns.items()}


def full(aid: Mapping[str, Any]) -> dict[str, Any]:
    """An aid of the file with every key, the absent ones at their default: what two versions are compared by."""
    return {name: aid.get(name, _blank(key)) for name, key in AID_KEYS.items()}


def _blank(key: Key):
    return None if key.default is ... else _fresh(key.default)


def _fresh(default):
    return (
        list(default) if isinstance(default, list | tuple) else dict(default) if isinstance(default, dict) else default
    )
