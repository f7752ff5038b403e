"""How many structures each choice of the filter panel would give, the other filters being kept.

Counts read an index alone (structures_kind_place, structures_place_kind): a department or a kind that is asked for
narrows the one or the other, so that counts stay quick beside 100,000 structures.
"""

from collections import Counter
from typing import NamedTuple

from django.db.models import CharField, Count, QuerySet, Value
from django.db.models.functions import Cast

from structures.filters import FILTERS, StructureFilter
from structures.search import StructureSearch

COUNTED = {one.name: one for one in FILTERS if isinstance(one, StructureFilter) and one.column}


class Counts(NamedTuple):
    """Number of structures by choice of each counted filter ("" stands for none of them), and of the search."""

    by_filter: dict[str, Counter[str]]
    total: int


def count(search: StructureSearch) -> Counts:
    """Counts of a valid search: a count of its own for each filter when any is in use, all in one statement."""
    found: dict[str, Counter[str]] = {name: Counter() for name in COUNTED}
    if COUNTED.keys() & search.values.keys():
        first, *others = [_labelled(search.unsorted(without=(name,)), one) for name, one in COUNTED.items()]
        for name, value, number in first.union(*others, all=True):
            found[name][COUNTED[name].counted(search, value)] += number
    else:
        for *values, number in _grouped(search.unsorted(), *(one.column for one in COUNTED.values())):
            for (name, one), value in zip(COUNTED.items(), values, strict=True):
                found[name][one.counted(search, value)] += number
    name, counted = next(iter(found.items()))
    return Counts(found, sum(counted[value] for value in search.values.get(name, counted)))


def _grouped(structures: QuerySet, *columns: str) -> QuerySet:
    return structures.order_by().values_list(*columns).annotate(number=Count("*"))


def _labelled(structures: QuerySet, counted: StructureFilter) -> QuerySet:
    """Counts by one column as (name of the filter, value as text, number), so that several make one statement."""
    labelled = structures.annotate(facet=Value(counted.name), choice=Cast(counted.column, CharField()))
    return _grouped(labelled, "facet", "choice")
