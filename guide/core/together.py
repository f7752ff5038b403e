"""Several small reads in one query, for pages that are made of many short lists.

A cold page waits for each round trip to the database. Lists of different shapes are joined by UNION ALL, each row as
one JSON array; it costs a little more than plain columns, so that lists of many hundred rows are better read alone.
"""

import json
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any, NamedTuple

from django.db.models import (
    BooleanField,
    DateField,
    DateTimeField,
    DecimalField,
    F,
    Field,
    Func,
    IntegerField,
    JSONField,
    QuerySet,
    Value,
    Window,
)
from django.db.models.functions import JSONArray, RowNumber


class _Row(JSONArray):
    """JSONArray without the question, a query in each new process, whether SQLite knows JSON: it does since 3.38."""

    def as_sqlite(self, compiler, connection, **context):
        return Func.as_sql(self, compiler, connection, **context)


class Part(NamedTuple):
    """A query set, ordered but neither grouped nor sliced, and the columns wanted of it, as for `values_list`.

    Columns of date and time are not supported: the two databases write them differently. Those of JSON hold lists
    or objects.
    """

    found: QuerySet
    columns: tuple[str, ...]


def read_together(*parts: Part) -> list[list[tuple]]:
    """The rows of each part, in the part's own order and with the values that `values_list` gives; one query."""
    queries = [_query(number, part) for number, part in enumerate(parts)]
    rows = queries[0].union(*queries[1:], all=True) if len(queries) > 1 else queries[0]
    converters = [_converters(part) for part in parts]
    found: list[list[tuple]] = [[] for _ in parts]
    for number, _, values in sorted(rows, key=lambda row: row[:2]):
        for position, convert in converters[number]:
            if values[position] is not None:
                values[position] = convert(values[position])
        found[number].append(tuple(values))
    return found


def _query(number: int, part: Part) -> QuerySet:
    """(number of the part, rank of the row in it, the row as JSON)."""
    order = part.found.query.order_by or (part.found.model._meta.ordering if part.found.query.default_ordering else ())
    rank = Window(RowNumber(), order_by=list(order) or ["pk"])
    return part.found.order_by().values_list(Value(number, IntegerField()), rank, _Row(*part.columns))


def _converters(part: Part) -> list[tuple[int, Callable[[Any], Any]]]:
    """How to make Python values again of the columns whose types JSON does not have."""
    query = part.found.query.clone()
    fields = [F(name).resolve_expression(query).output_field for name in part.columns]
    return [(position, convert) for position, field in enumerate(fields) if (convert := _converter(field))]


def _converter(field: Field) -> Callable[[Any], Any] | None:
    if isinstance(field, DateTimeField):
        raise TypeError(f"{field} : date and time, see Part")
    if isinstance(field, DateField):
        return date.fromisoformat
    if isinstance(field, DecimalField):
        return lambda number: round(Decimal(str(number)), field.decimal_places)
    if isinstance(field, BooleanField):
        return bool  # SQLite has 0 and 1
    if isinstance(field, JSONField):
        return lambda value: json.loads(value) if isinstance(value, str) else value  # SQLite has text
    return None
