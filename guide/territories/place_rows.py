"""A place as filters, searches and maps of the higher floors need it: one plain row, no model instance."""

from typing import NamedTuple

from django.db.models import QuerySet

from guide.territories.models import Territory


class PlaceRow(NamedTuple):
    """What a filter needs to know of a territory. Positions are WGS84 degrees, None when unknown."""

    pk: int
    kind: str
    code: str
    name: str
    slug: str
    latitude: float | None
    longitude: float | None
    parent_id: int | None


def place_rows(places: QuerySet[Territory]) -> list[PlaceRow]:
    """The rows of a query of territories, in one query."""
    return [PlaceRow(*row) for row in places.values_list(*PlaceRow._fields)]
