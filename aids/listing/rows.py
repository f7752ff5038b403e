"""Rows of the catalogue, made in one pass from plain values, ready to print."""

from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from typing import NamedTuple

from aids.addresses import page_of
from aids.catalogue import Card
from aids.rules import AidRule, Amount, CaseRule
from aids.simulator.rows import MARK_BADGES, TIME_BADGES, Badge
from aids.vocabulary import AmountKind, Form, Mark, TimeState
from guide.core.french import NBSP, UNKNOWN, long_date, number

PLACED_AFTER = (AmountKind.MONTHLY, AmountKind.HALF_YEARLY, AmountKind.YEARLY, AmountKind.DAILY)


class CatalogueRow(NamedTuple):
    """One aid of the list; `badges` are (tone, label)."""

    href: str
    name: str
    funder: str
    form: str
    badges: list[Badge]
    summary: str
    amount: str
    checked: str
    picto: str


def row(card: Card, rule: AidRule, state: TimeState) -> CatalogueRow:
    """The row of an aid from its card and its rule."""
    return CatalogueRow(
        href=page_of(rule.code),
        name=rule.name,
        funder=card.funder,
        form=Form(rule.form).label,
        badges=[TIME_BADGES[state], *([MARK_BADGES[rule.mark]] if rule.mark in MARK_BADGES else [])],
        summary=card.summary,
        amount=short_amount(rule.cases),
        checked=checked_words(card.verified_on),
        picto=rule.form,
    )


def checked_words(day: date | None) -> str:
    """`vérifiée le 5 février 2026`, or that no check is recorded."""
    return f"vérifiée le {long_date(day)}" if day else f"dernière vérification {UNKNOWN}e"


def short_amount(cases: Iterable[CaseRule]) -> str:
    """The first figures of an aid over these cases: `de 5 000 à 10 000 €`; else what it gives in words."""
    amounts = [amount for case in cases for amount in case.amounts]
    figured = [amount for amount in amounts if amount.minimum is not None or amount.maximum is not None]
    if not figured:
        return next((amount.label for amount in amounts if amount.label), f"montant {UNKNOWN}")
    same = [amount for amount in figured if amount.kind == figured[0].kind]
    return _words(figured[0].kind, same) + _doubt({amount.mark for amount in same})


def _words(kind: AmountKind, amounts: list[Amount]) -> str:
    unit = "%" if kind in (AmountKind.PERCENTAGE, AmountKind.EXEMPTION) else "€"
    lows = [amount.minimum for amount in amounts if amount.minimum is not None]
    top = max(value for amount in amounts for value in (amount.minimum, amount.maximum) if value is not None)
    if not lows or kind == AmountKind.LOAN:
        text = f"jusqu'à {_figure(top)}"
    else:
        text = _figure(top) if min(lows) == top else f"de {_figure(min(lows))} à {_figure(top)}"
    return f"{_BEFORE.get(kind, '')}{text}{NBSP}{unit}{f' {kind.label}' if kind in PLACED_AFTER else ''}"


def _figure(value: Decimal) -> str:
    return number(value, max(0, -value.normalize().as_tuple().exponent))


def _doubt(marks: set[Mark]) -> str:
    if Mark.TO_CHECK in marks:
        return " (à confirmer)"
    return " (lu chez un tiers)" if Mark.HALF in marks else ""


_BEFORE = {AmountKind.LOAN: "prêt, ", AmountKind.EXEMPTION: "exonération, "}
