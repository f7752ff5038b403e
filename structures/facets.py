"""How many structures each choice of the filter panel would give, the other filters being kept.

Counts read an index alone (structures_kind_place, structures_place_kind): a department or a kind that is asked for
narrows the one or the other, so that counts stay quick beside 100,000 structures.
"""

from collections import Counter
from collections.abc import Mapping
from typing import NamedTuple

from django.db.models import CharField, Count, QuerySet, Value
from django.db.models.functions import Cast

from structures.search import Search


class Facets(NamedTuple):
    """Counts by kind, by department (primary key; None outside the region's departments), and of the search."""

    kinds: Mapping[str, int]
    departments: Mapping[int | None, int]
    total: int


def count(search: Search) -> Facets:
    """Counts of a valid search, in one query: two counts in one statement when either facet is in use."""
    kinds, departments = Counter(), Counter()
    if "type" in search.values or "departement" in search.values:
        of_kinds = _labelled(search.unsorted(without=("type",)), "kind")
        of_departments = _labelled(search.unsorted(without=("departement",)), "commune__parent")
        for facet, choice, number in of_kinds.union(of_departments, all=True):
            if facet == "kind":
                kinds[choice] = number
            else:
                departments[int(choice) if choice else None] = number
        total = sum(kinds.get(kind, 0) for kind in search.values.get("type", kinds))
        return Facets(kinds, departments, total)
    for kind, department, number in _grouped(search.unsorted(), "kind", "commune__parent"):
        kinds[kind] += number
        departments[department] += number
    return Facets(kinds, departments, kinds.total())


def _grouped(structures: QuerySet, *columns: str) -> QuerySet:
    return structures.order_by().values_list(*columns).annotate(number=Count("*"))


def _labelled(structures: QuerySet, column: str) -> QuerySet:
    """Counts by one column as (name of the column, value as text, number), so that two of them make one statement."""
    labelled = structures.annotate(facet=Value(column), choice=Cast(column, CharField()))
    return _grouped(labelled, "facet", "choice")
