"""What must be paid back when leaving in month N. Pure; a rule that is not known says so and gives no figure."""

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from aids.amounts import NOTHING, ZERO, Range
from aids.rules import ExitRule
from aids.sums import Offer, duty, paid_months, timeline
from aids.vocabulary import ExitKind, Mark

CENT = Decimal("0.01")


@dataclass(frozen=True, slots=True)
class Payback:
    """What one aid costs when leaving: refund and penalty in euros; None when the rule or the sum is unknown.

    `done`: the commitment is over, nothing is due. `mark` is the least sure of what the figure rests on.
    """

    refund: Range | None
    penalty: Decimal | None
    done: bool
    text: str
    mark: Mark


def payback(offer: Offer, month: int, *, has_degree: bool = False) -> Payback:
    """What leaving in month `month` (0: at once) costs for one aid; `has_degree`: the DES is already held."""
    rule, owed = offer.exit, duty(offer)
    if rule.kind == ExitKind.NONE or (owed.end is not None and month >= owed.end):
        return Payback(NOTHING, ZERO, True, rule.text, rule.mark)
    if rule.kind == ExitKind.UNKNOWN:
        return Payback(None, None, False, rule.text, rule.mark)
    received = _received(offer, month)
    refund = _share(received, owed, month) if rule.kind == ExitKind.PRORATA else received
    return Payback(
        refund=refund,
        penalty=_penalty(rule, paid_months(offer, month), has_degree),
        done=False,
        text=rule.text,
        mark=max([rule.mark, *(amount.mark for amount in offer.amounts)], key=list(Mark).index),
    )


def _received(offer: Offer, month: int) -> Range | None:
    """Money received before `month`; None when the amounts have no known end or figure."""
    if paid_months(offer) is None or any(not amount.is_summable for amount in offer.amounts):
        return None
    return sum((payment.euros for payment in timeline([offer]).payments if payment.month < month), NOTHING)


def _share(received: Range | None, owed, month: int) -> Range | None:
    """The share of the commitment still to be served; the whole before it begins."""
    if received is None or owed.start is None or owed.end is None:
        return None
    left = Decimal(owed.end - max(month, owed.start)) / Decimal(owed.end - owed.start)
    return Range(*((euros * left).quantize(CENT, ROUND_HALF_UP) for euros in received))


def _penalty(rule: ExitRule, months: int | None, has_degree: bool) -> Decimal | None:
    if has_degree and rule.penalty_after_degree is not None:
        return rule.penalty_after_degree
    if rule.penalty_per_month is None:
        return rule.penalty_minimum if rule.penalty_minimum is not None else ZERO
    if months is None:
        return None
    return max(rule.penalty_per_month * months, rule.penalty_minimum or ZERO)
