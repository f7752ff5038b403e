"""Money and duties month by month, for up to eight years from the day of the project. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass

from aids.amounts import Range, duration, payments
from aids.rules import Commitment
from aids.sums import Offer
from aids.vocabulary import Mark, Taxation

HORIZON_MONTHS = 96


@dataclass(frozen=True, slots=True)
class Payment:
    """Money of one aid in one month, never added to another of a different mark or taxation."""

    month: int
    code: str
    euros: Range
    mark: Mark
    taxation: Taxation


@dataclass(frozen=True, slots=True)
class Duty:
    """A commitment that runs from month `start` to month `end`, excluded; `end` None: to the end of the horizon.

    `start` None: it begins after studies whose length is not known, so it has no place on the line yet.
    """

    code: str
    text: str
    start: int | None
    end: int | None


@dataclass(frozen=True, slots=True)
class Timeline:
    """The payments in order of month, and the duties in order of start."""

    payments: tuple[Payment, ...]
    duties: tuple[Duty, ...]


def timeline(chosen: Iterable[Offer]) -> Timeline:
    """The timeline of a set of offers over eight years, month 0 being that of the project."""
    chosen = sorted(chosen, key=lambda offer: offer.code)
    money = [
        Payment(month, offer.code, euros, amount.mark, amount.taxation)
        for offer in chosen
        for amount in offer.amounts
        for month, euros in payments(amount, offer.study_months).items()
        if month < HORIZON_MONTHS
    ]
    duties = [duty(offer) for offer in chosen if offer.commitment.text or offer.commitment.months]
    return Timeline(
        payments=tuple(sorted(money, key=lambda payment: (payment.month, payment.code))),
        duties=tuple(sorted(duties, key=lambda d: (d.start is None, d.start or 0, d.code))),
    )


def duty(offer: Offer) -> Duty:
    """When the commitment of an offer begins and ends."""
    commitment = offer.commitment
    start = offer.study_months if commitment.after_studies else 0
    length = _months_owed(commitment, paid_months(offer))
    end = None if start is None or length is None else start + length
    return Duty(offer.code, commitment.text, start, end)


def _months_owed(commitment: Commitment, paid: int | None) -> int | None:
    """As many as were paid when the rule says so, and the least duration in any case."""
    if commitment.as_long_as_paid:
        return None if paid is None else max(paid, commitment.months or 0)
    return commitment.months


def paid_months(offer: Offer, before: int | None = None) -> int | None:
    """Months in which money is received (before month `before`); None when it has no known end."""
    found: set[int] = set()
    for amount in offer.amounts:
        if amount.is_summable:
            if duration(amount, offer.study_months) is None:
                return None
            months = payments(amount, offer.study_months)
            found |= {month for month in months if before is None or month < before}
    return len(found)
