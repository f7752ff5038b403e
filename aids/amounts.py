"""Amounts in words and in whole: "10 000 € brut", "1 200 € par mois pendant 36 mois", what may be added up."""

from collections.abc import Callable, Iterable
from decimal import Decimal
from typing import NamedTuple

from aids.conditions.declaration import Outcome
from aids.conditions.kinds import ConditionKind
from aids.eligibility import CaseVerdict, State, Verdict
from aids.rules import Amount, CaseRule
from aids.vocabulary import PERIOD_MONTHS, AmountKind, Mark
from guide.core.french import NBSP, UNKNOWN, joined, number

ZERO = Decimal(0)
LINE = 80  # letters of an amount that is read at a glance
UP_TO = "jusqu'à "
PERCENTS = (AmountKind.PERCENTAGE, AmountKind.EXEMPTION)
_GOES_ON = (
    *("de ", "d'", "des ", "du ", "la ", "le ", "l'", "à ", "en "),
    *("par ", "pour ", "jusqu'", "selon ", "pendant "),
)


class Range(NamedTuple):
    """Euros: what is sure and what it may reach."""

    low: Decimal
    high: Decimal

    def __add__(self, other):
        return Range(self.low + other.low, self.high + other.high)


NOTHING = Range(ZERO, ZERO)

# --- sums -------------------------------------------------------------------------------------------------------


def payments(amount: Amount, study_months: int | None = None) -> dict[int, Range]:
    """Money by month from the start of the aid (month 0); nothing when it may not be summed or has no known end.

    A monthly sum falls in each month, a half-yearly or yearly one in the first month of each whole period begun.
    """
    months = duration(amount, study_months)
    if not amount.is_summable or months is None:
        return {}
    low = amount.minimum or ZERO
    high = low if amount.maximum is None else amount.maximum
    first, step = amount.start_month, PERIOD_MONTHS.get(amount.kind, 1)
    return dict.fromkeys(range(first, first + months, step), Range(low, high))


def duration(amount: Amount, study_months: int | None = None) -> int | None:
    """Months that an amount runs; None when its end is not known. A lump sum has a duration of one month."""
    if amount.kind == AmountKind.LUMP_SUM:
        return 1
    return study_months if amount.until_studies_end else amount.months


def total(amounts: Iterable[Amount], study_months: int | None = None) -> Range:
    """Sum over the known duration of what may be summed, confirmed and half-confirmed together."""
    return sum((euros for amount in amounts for euros in payments(amount, study_months).values()), NOTHING)


# --- words ------------------------------------------------------------------------------------------------------


def to_the_cent(value: Decimal) -> str:
    """A sum of euros without its unit: no decimals, or two."""
    return number(value, 0 if value == value.to_integral_value() else 2)


def _plain(value: Decimal) -> str:
    """Without needless decimals: 10 000, 13,5."""
    return number(value, max(0, -value.normalize().as_tuple().exponent))


def words(amount: Amount, said: Mark = Mark.CONFIRMED) -> str:
    """One amount in French, with its mark when it is not confirmed; `said` is the mark that the aid itself bears,
    which needs no repeating.
    """
    text = _figure(amount)
    if amount.kind in PERIOD_MONTHS and text:
        text = f"{text} {amount.kind.label}{_during(amount)}"
    elif amount.kind == AmountKind.DAILY and text:
        text = f"{text} {amount.kind.label}"
    elif amount.kind == AmountKind.LOAN and text:
        text = f"prêt {text}"
    if text and amount.taxation:
        text = f"{text} ({amount.taxation.label})"
    text = _joined(text, amount.label) or f"montant {UNKNOWN}"
    return text if amount.mark == said else f"{text}{amount.mark.doubt}"


def together(amounts: Iterable[Amount], said: Mark = Mark.CONFIRMED) -> str:
    """`400 € par mois pendant 12 mois + un logement`; "" for no amount. `said`: as in `words`."""
    return " + ".join(words(amount, said) for amount in amounts)


def summary(verdict: Verdict) -> str:
    """The money of a verdict in one line; both outcomes when the zoning alone decides between cases.

    "10 000 €" or "10 000 € si la commune est en ZIP, 5 000 € si la commune est en ZAC".
    """
    if verdict.state == State.NOT_ELIGIBLE:
        return ""
    parts = []
    for case in verdict.possible_cases:
        text = together(case.case.amounts, verdict.aid.mark) or case.case.label
        parts.append(f"{text}{_if_zoned(case)}")
    return ", ".join(dict.fromkeys(part for part in parts if part))


def one_line(verdict: Verdict, study_months: int | None = None) -> str:
    """The money of a verdict in one short line: all of it where it is short, else the most that it comes to, as
    `jusqu'à 38 000 € la première année`.
    """
    text = summary(verdict)
    if len(text) <= LINE:
        return text
    cases = [case.case for case in verdict.possible_cases]
    best = max(cases, key=lambda case: total(case.amounts, study_months).high)
    paid = _by_month(best.amounts, study_months)
    if not paid:
        return short_amount(cases)
    years = max(paid) // 12 + 1
    most = to_the_cent(sum(paid.values(), ZERO))
    at_once = all(amount.kind == AmountKind.LUMP_SUM for amount in best.amounts if amount.is_summable)
    span = f" en {years}{NBSP}ans" if years > 1 else "" if at_once else " la première année"
    return f"{'' if len(cases) == 1 else UP_TO}{most}{NBSP}€{span}"


def _by_month(amounts: Iterable[Amount], study_months: int | None) -> dict[int, Decimal]:
    """The most that may be received in each month of a known end."""
    found: dict[int, Decimal] = {}
    for amount in amounts:
        for month, value in payments(amount, study_months).items():
            found[month] = found.get(month, ZERO) + value.high
    return found


def short_amount(cases: Iterable[CaseRule]) -> str:
    """The first figures of an aid over these cases: `de 5 000 à 10 000 €`; else what it gives in words."""
    amounts = [amount for case in cases for amount in case.amounts]
    figured = [amount for amount in amounts if amount.minimum is not None or amount.maximum is not None]
    if not figured:
        return next((amount.label for amount in amounts if amount.label), f"montant {UNKNOWN}")
    kind = figured[0].kind
    same = [amount for amount in figured if amount.kind == kind]
    first_year = [amount for amount in same if (amount.start_month, amount.months) == (0, 12)]
    if kind == AmountKind.YEARLY and first_year:
        same = first_year
    lows = [amount.minimum for amount in same if amount.minimum is not None]
    top = max(value for amount in same for value in (amount.minimum, amount.maximum) if value is not None)
    text = f"{_between(min(lows) if lows and kind != AmountKind.LOAN else None, top)}{_unit(kind)}"
    if kind == AmountKind.YEARLY and first_year:
        text = f"{text} la première année"
    elif kind in PERIOD_MONTHS or kind == AmountKind.DAILY:
        text = f"{text} {kind.label}"
    before = {AmountKind.LOAN: "prêt, ", AmountKind.EXEMPTION: "exonération, "}.get(kind, "")
    return f"{before}{text}{_doubt({amount.mark for amount in same})}"


def euros(value: Range) -> str:
    """A range of euros in French, to the cent: `de 5 000 à 15 000 €`, `jusqu'à 15 000 €` when nothing is sure."""
    low = None if value.low == ZERO != value.high else value.low
    return f"{_between(low, value.high, to_the_cent)}{NBSP}€"


def _joined(figure: str, label: str) -> str:
    """ "50 % de la part socle", but "400 € : chambre": a label that goes on with the sentence needs no colon."""
    if not figure or not label:
        return figure or label
    return f"{figure} {label}" if label.startswith(_GOES_ON) else f"{figure}{NBSP}: {label}"


def _if_zoned(case: CaseVerdict) -> str:
    kind = ConditionKind.ZONING
    open_zonings = [r.condition for r in case.results if r.outcome == Outcome.UNKNOWN and r.condition.kind == kind]
    names = [joined(sorted(map(kind.declaration.word, zoning.values)), "ou") for zoning in open_zonings]
    return f" si la commune est en {' et en '.join(names)}" if names else ""


def _figure(amount: Amount) -> str:
    low, high = amount.minimum, amount.maximum
    return "" if low is None and high is None else f"{_between(low, high)}{_unit(amount.kind)}"


def _between(low: Decimal | None, high: Decimal | None, figure: Callable[[Decimal], str] = _plain) -> str:
    """`jusqu'à 10 000` without a known low end, `10 000` for one sum, else `de 5 000 à 10 000`."""
    if low is None:
        return f"{UP_TO}{figure(high)}"
    if high is None or high == low:
        return figure(low)
    return f"de {figure(low)} à {figure(high)}"


def _unit(kind: AmountKind) -> str:
    return f"{NBSP}%" if kind in PERCENTS else f"{NBSP}€"


def _doubt(marks: set[Mark]) -> str:
    """What stands behind figures of these marks; one mark is not said of figures that do not all bear it."""
    if len(marks) > 1:
        return " (en partie à confirmer)"
    return {Mark.TO_CHECK: " (à confirmer)", Mark.HALF: " (lu chez un tiers)"}.get(*marks, "")


def _during(amount: Amount) -> str:
    if amount.until_studies_end:
        return " jusqu'à la fin des études"
    if amount.months is None:
        return ""
    first, last = amount.start_month + 1, amount.start_month + amount.months
    if amount.kind == AmountKind.YEARLY and amount.months % 12 == 0 and amount.start_month % 12 == 0:
        first, last = amount.start_month // 12 + 1, last // 12
        only = "1re" if first == 1 else f"{first}e"
        return f" ({only} année)" if first == last else f" (années {first} à {last})"
    if amount.start_month:
        return f" (mois {first} à {last})"
    return f" pendant {amount.months}{NBSP}mois"
