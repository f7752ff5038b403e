"""Money and duties month by month, for up to eight years from the day of the project. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass

from aids.amounts import Range, duration, payments
from aids.rules import Amount, Commitment
from aids.sums import Offer
from aids.vocabulary import Mark, Taxation

HORIZON_MONTHS = 96


@dataclass(frozen=True, slots=True)
class Payment:
    """Money of one aid in one month, never added to another of a different mark or taxation."""

    month: int
    code: str
    label: str
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
    mark: Mark


@dataclass(frozen=True, slots=True)
class Timeline:
    """The payments in order of month, and the duties in order of start."""

    months: int
    payments: tuple[Payment, ...]
    duties: tuple[Duty, ...]

    def paid_before(self, month: int, code: str = "") -> dict[tuple[Mark, Taxation], Range]:
        """Money received before `month`, by mark and taxation, of one aid or of all."""
        sums: dict[tuple[Mark, Taxation], Range] = {}
        for payment in self.payments:
            if payment.month < month and code in ("", payment.code):
                key = payment.mark, payment.taxation
                sums[key] = sums[key] + payment.euros if key in sums else payment.euros
        return sums


def timeline(chosen: Iterable[Offer], months: int = HORIZON_MONTHS) -> Timeline:
    """The timeline of a set of offers over `months` (8 years at most), month 0 being that of the project."""
    months = max(0, min(months, HORIZON_MONTHS))
    chosen = sorted(chosen, key=lambda offer: offer.code)
    money = [payment for offer in chosen for amount in offer.amounts for payment in _payments(offer, amount, months)]
    duties = [duty(offer) for offer in chosen if offer.commitment.text or offer.commitment.months]
    return Timeline(
        months=months,
        payments=tuple(sorted(money, key=lambda payment: (payment.month, payment.code))),
        duties=tuple(sorted(duties, key=lambda d: (d.start is None, d.start or 0, d.code))),
    )


def duty(offer: Offer) -> Duty:
    """When the commitment of an offer begins and ends."""
    commitment = offer.commitment
    start = offer.study_months if commitment.after_studies else 0
    length = commitment_months(commitment, paid_months(offer))
    end = None if start is None or length is None else start + length
    return Duty(offer.code, commitment.text, start, end, commitment.mark)


def commitment_months(commitment: Commitment, paid: int | None) -> int | None:
    """Months owed: as many as were paid when the rule says so, and the least duration in any case."""
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


def _payments(offer: Offer, amount: Amount, months: int) -> list[Payment]:
    return [
        Payment(month, offer.code, amount.label or offer.name, euros, amount.mark, amount.taxation)
        for month, euros in payments(amount, offer.study_months).items()
        if month < months
    ]
