"""The rules of an aid as sentences: for its editors (who, where → how much), and for its page."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.utils.text import capfirst

from aids.amounts import to_the_cent, together, words
from aids.catalogue import Step
from aids.conditions.kinds import ConditionKind as Kind
from aids.reasons import requirement
from aids.rules import AidRule, CaseRule, Condition, ExitRule
from aids.vocabulary import ExitKind, Mark
from guide.core.french import MONTHS, NBSP, UNKNOWN, long_date, plural

ANYBODY = "tout le monde"


def condition_phrase(condition: Condition) -> str:
    """A condition in a few words: "en ZIP", "interne ou docteur junior", "avoir au plus 50 ans"."""
    return f"{condition.kind.declaration.phrase(condition)}{condition.mark.doubt}"


def case_sentence(common: Iterable[Condition], case: CaseRule) -> str:
    """`Interne, spécialité : médecine générale, en ZIP → 10 000 €`."""
    who = ", ".join(condition_phrase(condition) for condition in _ordered([*common, *case.conditions])) or ANYBODY
    gives = together(case.amounts) or case.label or f"montant {UNKNOWN}"
    return f"{capfirst(who)} → {gives}{case.mark.doubt}"


def rule_sentences(rule: AidRule) -> list[str]:
    """One sentence for each case, then one for each exclusion. No case: nobody gets the aid."""
    cases = [case_sentence(rule.common, case) for case in rule.cases] or ["Aucun cas : personne n'obtient cette aide."]
    return cases + [f"Sauf{NBSP}: {condition_phrase(condition)}" for condition in rule.exclusions]


def _ordered(conditions: Iterable[Condition]) -> list[Condition]:
    order = list(Kind)
    return sorted(conditions, key=lambda condition: order.index(condition.kind))


# --- for the page of the aid ----------------------------------------------------------------------------------------


def asked(conditions: Iterable[Condition], said: Mark) -> list[str]:
    """Each condition as a sentence, with its mark when it is not confirmed, and not `said` of the aid as a whole."""
    return [
        f"{capfirst(requirement(condition))}{'' if condition.mark == said else condition.mark.doubt}"
        for condition in conditions
    ]


def cases(rule: AidRule) -> list[dict[str, Any]]:
    """The table of amounts: what each case asks beyond the common conditions, and what it gives."""
    return [
        {
            "label": f"{case.label}{case.mark.doubt}",
            "conditions": asked(case.conditions, rule.mark),
            "amounts": [words(amount, rule.mark) for amount in case.amounts] or [f"montant {UNKNOWN}"],
        }
        for case in rule.cases
    ]


def dates(rule: AidRule, note: str) -> str:
    """`Du 1er janvier 2026 au 31 décembre 2029`, with what the editor says of it; "" when nothing is known."""
    if rule.opens_on and rule.closes_on:
        text = f"Du {long_date(rule.opens_on)} au {long_date(rule.closes_on)}"
    elif rule.opens_on:
        text = f"Depuis le {long_date(rule.opens_on)}"
    elif rule.closes_on:
        text = f"Jusqu'au {long_date(rule.closes_on)}"
    else:
        text = ""
    return ". ".join(part.rstrip(".") for part in (text, note) if part)


def checked(day: date | None) -> str:
    """`vérifiée le 5 février 2026`, or that no check is recorded."""
    return f"vérifiée le {long_date(day)}" if day else f"dernière vérification {UNKNOWN}e"


def leaving(rule: ExitRule) -> list[str]:
    """What leaving before the end costs."""
    lines = [rule.text or _KINDS[rule.kind]]
    if rule.penalty_per_month is not None:
        least = f", {_euros(rule.penalty_minimum)} au moins" if rule.penalty_minimum is not None else ""
        lines.append(f"Pénalité\u00a0: {_euros(rule.penalty_per_month)} par mois perçu{least}.")
    elif rule.penalty_minimum is not None:
        lines.append(f"Pénalité\u00a0: {_euros(rule.penalty_minimum)} au moins.")
    if rule.penalty_after_degree is not None:
        lines.append(f"Une fois le diplôme (DES) obtenu\u00a0: {_euros(rule.penalty_after_degree)} de pénalité.")
    if rule.mark != Mark.CONFIRMED and rule.kind != ExitKind.UNKNOWN:
        lines[-1] = f"{lines[-1].rstrip('.')}{rule.mark.doubt}."
    return lines


_KINDS = {
    ExitKind.NONE: "Rien à rembourser\u00a0: aucun engagement de durée.",
    ExitKind.REFUND: "Les sommes reçues sont à rembourser.",
    ExitKind.PRORATA: "Les sommes reçues sont à rembourser au prorata du temps qui reste.",
    ExitKind.UNKNOWN: f"{UNKNOWN.capitalize()}.",
}


def _euros(value) -> str:
    return f"{to_the_cent(value)}{NBSP}€"


def step(one: Step) -> tuple[str, str, str]:
    """(title, explanation, when) of a step; `when` is empty without a date."""
    if one.month is not None and one.day is not None:
        when = f"Chaque année, avant le {one.day}{NBSP}{MONTHS[one.month - 1]}."
    elif one.offset_days:
        side = "avant" if one.offset_days < 0 else "après"
        when = f"{_days(abs(one.offset_days))} {side} le début du projet."
    else:
        when = ""
    return one.title.rstrip("."), f"{one.text}{one.mark.doubt}", when


def _days(days: int) -> str:
    """`Environ 6 mois`, `15 jours`."""
    return f"Environ {plural(round(days / 30.4), 'mois', 'mois')}" if days >= 45 else plural(days, "jour")
