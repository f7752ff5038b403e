"""The catalogue by what its aids are for; within a purpose, the largest sums first, then the surest."""

from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import NamedTuple

from aids.amounts import PERCENTS, ZERO, total
from aids.models import Aid, AidNeed
from aids.rules import AidRule, Amount
from aids.vocabulary import PERIOD_MONTHS, Mark, Need
from guide.core.content_version import kept


class Purpose(NamedTuple):
    """A group of the catalogue; `anchor` is its place in the page."""

    anchor: str
    title: str


STUDY = Purpose("etudier", "Étudier et faire un stage")
SETTLE = Purpose("s-installer", "S'installer et exercer")
HIRE = Purpose("embaucher", "Embaucher et travailler à plusieurs")
TAX = Purpose("fiscalite", "Payer moins d'impôts et de taxes")
HOUSING = Purpose("se-loger", "Se loger")
LOCUM = Purpose("remplacer", "Remplacer")
HAND_OVER = Purpose("transmettre", "Transmettre son cabinet, prolonger son activité")
OTHER = Purpose("autres", "Autres aides")
IN_ORDER = (STUDY, SETTLE, HIRE, TAX, HOUSING, LOCUM, HAND_OVER, OTHER)
# An aid for several needs stands once, under the first of them here: the narrowest.
_OF_NEED = {
    Need.TAX: TAX,
    Need.HIRE: HIRE,
    Need.LOCUM: LOCUM,
    Need.HOUSING: HOUSING,
    Need.STUDIES: STUDY,
    Need.PLACEMENT: STUDY,
    Need.SETTLE: SETTLE,
    Need.TEAM: HIRE,
    Need.HAND_OVER: HAND_OVER,
    Need.CARRY_ON: HAND_OVER,
    Need.FAMILY: SETTLE,
}
_SUREST = tuple(Mark)


def purposes(version: str) -> Mapping[str, Purpose]:
    """The purpose of each live aid that says its needs, by code; read once for a content version."""
    return kept(version, "purposes", _read)


def _read() -> dict[str, Purpose]:
    needs: dict[str, set[str]] = {}
    for code, need in AidNeed.objects.filter(aid__in=Aid.objects.live()).values_list("aid__code", "need"):
        needs.setdefault(code, set()).add(need)
    return {
        code: next(purpose for need, purpose in _OF_NEED.items() if need in found) for code, found in needs.items()
    }


def grouped(rules: Iterable[AidRule], of: Mapping[str, Purpose]) -> list[tuple[Purpose, list[AidRule]]]:
    """The purposes that have an aid, in the order of a career, each with its aids, the largest sum first."""
    groups: dict[Purpose, list[AidRule]] = {purpose: [] for purpose in IN_ORDER}
    for rule in rules:
        groups[of.get(rule.code, OTHER)].append(rule)
    return [(purpose, sorted(found, key=_rank)) for purpose, found in groups.items() if found]


def _rank(rule: AidRule) -> tuple:
    """Sums of money first, then other figures in euros (a loan, a salary), then what has none."""
    sums = [sum((_worth(amount) for amount in case.amounts), ZERO) for case in rule.cases]
    figures = [_figure(amount) for case in rule.cases for amount in case.amounts if amount.kind not in PERCENTS]
    return -max(sums, default=ZERO), -max(figures, default=ZERO), _SUREST.index(rule.mark), rule.name


def _worth(amount: Amount) -> Decimal:
    """What an amount brings over its duration; one whose end is not known counts for a year."""
    if known := total([amount]).high:
        return known
    return _figure(amount) * 12 / PERIOD_MONTHS.get(amount.kind, 12) if amount.is_summable else ZERO


def _figure(amount: Amount) -> Decimal:
    return ZERO if amount.mark == Mark.TO_CHECK else amount.maximum or amount.minimum or ZERO
