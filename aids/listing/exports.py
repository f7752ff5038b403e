"""Open data of a catalogue search: CSV, and the exchange file that another site can import."""

from collections.abc import Iterator

from django.conf import settings

from aids.addresses import page_of
from aids.amounts import short_amount
from aids.listing.search import AidSearch
from aids.loading import AID_FIELDS, rules_of
from guide.core import exports

COLUMNS = (
    "code", "nom", "financeur", "forme", "situation", "confiance", "resume", "montants", "engagement", "ouverte_le",
    "dernier_jour", "textes", "verifiee_le", "page",
)  # fmt: skip


def csv_lines(search: AidSearch) -> Iterator[str]:
    """A CSV of the aids of a search."""
    return exports.csv_lines(COLUMNS, _rows(search))


def _rows(search: AidSearch) -> Iterator[list]:
    extra = ("summary", "funder__name", "verified_on", "legal_reference")
    rows = list(search.whole().values(*AID_FIELDS, *extra))
    for values, rule in zip(rows, rules_of(rows), strict=True):
        yield [
            rule.code,
            rule.name,
            values["funder__name"],
            rule.form.label,
            rule.state_on(search.day).label,
            rule.mark.label,
            values["summary"],
            short_amount(rule.cases),
            rule.commitment.text,
            values["opens_on"] or "",
            values["closes_on"] or "",
            values["legal_reference"],
            values["verified_on"] or "",
            settings.SITE_URL + page_of(rule.code),
        ]
