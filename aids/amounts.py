"""Amounts in words and in whole: "10 000 € brut", "1 200 € par mois pendant 36 mois", what may be added up."""

from collections.abc import Iterable
from decimal import Decimal
from typing import NamedTuple

from aids.conditions.declaration import Outcome
from aids.conditions.kinds import ConditionKind
from aids.eligibility import CaseVerdict, State, Verdict
from aids.reasons import label
from aids.rules import Amount
from aids.vocabulary import PERIOD_MONTHS, AmountKind, Mark
from guide.core.french import NBSP, joined, number

ZERO = Decimal(0)


class Range(NamedTuple):
    """Euros: what is sure and what it may reach."""

    low: Decimal
    high: Decimal

    def __add__(self, other):
        """Sum, bound by bound."""
        return Range(self.low + other.low, self.high + other.high)


NOTHING = Range(ZERO, ZERO)
_GOES_ON = (
    *("de ", "d'", "des ", "du ", "la ", "le ", "l'", "à ", "en "),
    *("par ", "pour ", "jusqu'", "selon ", "pendant "),
)


def payments(amount: Amount, study_months: int | None = None) -> dict[int, Range]:
    """Money by month from the start of the aid (month 0); nothing when it may not be summed or has no known end.

    A monthly sum falls in each month, a half-yearly or yearly one in the first month of each whole period begun.
    """
    months = duration(amount, study_months)
    if not amount.is_summable or months is None:
        return {}
    low = amount.minimum if amount.minimum is not None else ZERO
    high = amount.maximum if amount.maximum is not None else low
    step = PERIOD_MONTHS.get(amount.kind)
    if step is None:
        return {amount.start_month: Range(low, high)}
    first = amount.start_month
    return {month: Range(low, high) for month in range(first, first + months, step)}


def duration(amount: Amount, study_months: int | None = None) -> int | None:
    """Months that an amount runs; None when its end is not known. A lump sum has a duration of one month."""
    if amount.kind == AmountKind.LUMP_SUM:
        return 1
    return study_months if amount.until_studies_end else amount.months


def total(amounts: Iterable[Amount], study_months: int | None = None) -> Range:
    """Sum over the known duration of what may be summed, confirmed and half-confirmed together."""
    result = NOTHING
    for amount in amounts:
        for value in payments(amount, study_months).values():
            result += value
    return result


def words(amount: Amount) -> str:
    """One amount in French, with its mark when it is not confirmed."""
    text = _figure(amount)
    if amount.kind in PERIOD_MONTHS and text:
        text = f"{text} {amount.kind.label}{_during(amount)}"
    elif amount.kind == AmountKind.DAILY and text:
        text = f"{text} par jour"
    elif amount.kind == AmountKind.LOAN and text:
        text = f"prêt {text}"
    if text and amount.taxation:
        text = f"{text} ({amount.taxation.label})"
    text = _joined(text, amount.label) or "montant non renseigné"
    return f"{text} ({amount.mark.label})" if amount.mark != Mark.CONFIRMED else text


def summary(verdict: Verdict) -> str:
    """The money of a verdict in one line; both outcomes when the zoning alone decides between cases.

    "10 000 €" or "10 000 € si la commune est en ZIP, 5 000 € si la commune est en ZAC".
    """
    if verdict.state == State.NOT_ELIGIBLE:
        return ""
    parts = []
    for case in verdict.possible_cases:
        text = " + ".join(words(amount) for amount in case.case.amounts) or case.case.label
        parts.append(f"{text}{_if_zoned(case)}")
    return ", ".join(dict.fromkeys(part for part in parts if part))


def _joined(figure: str, label: str) -> str:
    """ "50 % de la part socle", but "400 € : chambre": a label that goes on with the sentence needs no colon."""
    if not figure or not label:
        return figure or label
    return f"{figure} {label}" if label.startswith(_GOES_ON) else f"{figure}{NBSP}: {label}"


def _if_zoned(case: CaseVerdict) -> str:
    open_zonings = [
        result.condition
        for result in case.results
        if result.outcome == Outcome.UNKNOWN and result.condition.kind == ConditionKind.ZONING
    ]
    names = [
        joined(sorted(label(ConditionKind.ZONING, value) for value in condition.values), "ou")
        for condition in open_zonings
    ]
    return f" si la commune est en {' et en '.join(names)}" if names else ""


def _figure(amount: Amount) -> str:
    unit = f"{NBSP}%" if amount.kind in (AmountKind.PERCENTAGE, AmountKind.EXEMPTION) else f"{NBSP}€"
    low, high = amount.minimum, amount.maximum
    if low is None and high is None:
        return ""
    if low is None:
        return f"jusqu'à {_plain(high)}{unit}"
    if high is None or high == low:
        return f"{_plain(low)}{unit}"
    return f"de {_plain(low)} à {_plain(high)}{unit}"


def _plain(value: Decimal) -> str:
    """Without needless decimals: 10 000, 13,5."""
    return number(value, max(0, -value.normalize().as_tuple().exponent))


def _during(amount: Amount) -> str:
    if amount.until_studies_end:
        return " jusqu'à la fin des études"
    if amount.months is None:
        return ""
    first, last = amount.start_month + 1, amount.start_month + amount.months
    if amount.kind == AmountKind.YEARLY and amount.months % 12 == 0 and amount.start_month % 12 == 0:
        first, last = amount.start_month // 12 + 1, last // 12
        return f" ({_ordinal(first)} année)" if first == last else f" (années {first} à {last})"
    if amount.start_month:
        return f" (mois {first} à {last})"
    return f" pendant {amount.months}{NBSP}mois"


def _ordinal(rank: int) -> str:
    return "1re" if rank == 1 else f"{rank}e"
