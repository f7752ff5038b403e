"""Rows of the catalogue, ready to print."""

from datetime import date
from typing import Any

from aids.addresses import page_of
from aids.amounts import short_amount
from aids.badges import MARK_BADGES, TIME_BADGES
from aids.catalogue import Card
from aids.rules import AidRule
from aids.vocabulary import TimeState
from guide.core.french import UNKNOWN, long_date


def catalogue_row(card: Card, rule: AidRule, state: TimeState) -> dict[str, Any]:
    """The row of an aid, as aids/_rows.html prints it."""
    return {
        "href": page_of(rule.code),
        "name": rule.name,
        "funder": card.funder,
        "form": rule.form.label,
        "badges": [TIME_BADGES[state], *MARK_BADGES[rule.mark]],
        "summary": card.summary,
        "amount": short_amount(rule.cases),
        "checked": checked_words(card.verified_on),
        "picto": rule.form,
    }


def checked_words(day: date | None) -> str:
    """`vérifiée le 5 février 2026`, or that no check is recorded."""
    return f"vérifiée le {long_date(day)}" if day else f"dernière vérification {UNKNOWN}e"
