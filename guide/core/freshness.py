"""How old the last check of a sheet is, as conditions that an index answers. No model is imported here.

A sheet is to be checked again `verify_every` days after `verified_on`: until that day it is fresh, from the next day
on it is stale.
"""

from datetime import date, timedelta

from django.db.models import DateField, Func, Q
from django.db.models.lookups import GreaterThan, LessThan

from guide.core.enums import Freshness

SOON = timedelta(days=30)


class DueOn(Func):
    """The day by which a sheet is to be checked again; NULL where it never was.

    Each database adds the days in its own C code: Django's own arithmetic of durations is a Python function on
    SQLite, fifty times slower over a large table.
    """

    template = "(%(expressions)s)"
    arg_joiner = " + "

    def __init__(self):
        super().__init__("verified_on", "verify_every", output_field=DateField())

    def as_sqlite(self, compiler, connection, **extra):
        """The text form of the date, which is also what the column holds."""
        return super().as_sql(
            compiler, connection, template="date(%(expressions)s || ' days')", arg_joiner=", '+' || ", **extra
        )


def condition(freshness: Freshness, day: date) -> Q:
    """Sheets whose last check is that old on `day`; their state is another condition."""
    stale = Q(LessThan(DueOn(), day))
    fresh = Q(GreaterThan(DueOn(), day + SOON))
    return {
        Freshness.NEVER: Q(verified_on=None),
        Freshness.STALE: Q(verified_on__isnull=False) & stale,
        Freshness.FRESH: Q(verified_on__isnull=False) & fresh,
        Freshness.SOON: Q(verified_on__isnull=False) & ~stale & ~fresh,
    }[freshness]
