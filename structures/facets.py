"""How many structures each choice of the filter panel would give, the other filters being kept."""

from typing import NamedTuple

from django.db.models import Count, QuerySet

from structures.search import Search


class Facets(NamedTuple):
    """Counts by kind, by department (primary key; None outside the region's departments), and of the search."""

    kinds: dict[str, int]
    departments: dict[int | None, int]
    total: int


def count(search: Search) -> Facets:
    """Counts of a valid search, in two queries. The total is the sum of the kinds asked for."""
    kinds = _grouped(search.unsorted(without=("type",)), "kind")
    departments = _grouped(search.unsorted(without=("departement",)), "commune__parent")
    total = sum(kinds.get(kind, 0) for kind in search.values.get("type", kinds))
    return Facets(kinds, departments, total)


def _grouped(structures: QuerySet, column: str) -> dict:
    return dict(structures.order_by().values_list(column).annotate(number=Count("*")))
