"""The rules of an aid as sentences for those who edit them: who, where → how much. Pure."""

from collections.abc import Iterable

from django.utils.text import capfirst

from aids.amounts import words
from aids.conditions.kinds import ConditionKind as Kind
from aids.rules import AidRule, CaseRule, Condition
from guide.core.french import NBSP, UNKNOWN

ANYBODY = "tout le monde"


def condition_phrase(condition: Condition) -> str:
    """A condition in a few words: "en ZIP", "interne ou docteur junior", "avoir au plus 50 ans"."""
    return f"{condition.kind.declaration.phrase(condition)}{condition.mark.doubt}"


def case_sentence(common: Iterable[Condition], case: CaseRule) -> str:
    """`Interne, spécialité : médecine générale, en ZIP → 10 000 €`."""
    who = ", ".join(condition_phrase(condition) for condition in _ordered([*common, *case.conditions])) or ANYBODY
    gives = " + ".join(words(amount) for amount in case.amounts) or case.label or f"montant {UNKNOWN}"
    return f"{capfirst(who)} → {gives}{case.mark.doubt}"


def rule_sentences(rule: AidRule) -> list[str]:
    """One sentence for each case, then one for each exclusion. No case: nobody gets the aid."""
    cases = [case_sentence(rule.common, case) for case in rule.cases] or ["Aucun cas : personne n'obtient cette aide."]
    return cases + [f"Sauf{NBSP}: {condition_phrase(condition)}" for condition in rule.exclusions]


def _ordered(conditions: Iterable[Condition]) -> list[Condition]:
    order = list(Kind)
    return sorted(conditions, key=lambda condition: order.index(condition.kind))
