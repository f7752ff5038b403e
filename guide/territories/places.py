"""Reads of places for their pages: plain rows, few queries."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery
from django.urls import reverse

from guide.territories.enums import TerritoryKind
from guide.territories.models import Containment, Territory

UP = (TerritoryKind.REGION, TerritoryKind.DEPARTMENT, TerritoryKind.EPCI, TerritoryKind.LIVING_AREA)


@dataclass(frozen=True, slots=True)
class Place:
    """The place of a page and the places that hold it, by kind (the first of each kind)."""

    territory: Territory
    outers: dict[str, Territory]

    def outer(self, kind: TerritoryKind) -> Territory | None:
        """The place of that kind that holds it, if any."""
        return self.outers.get(kind)


@dataclass(frozen=True, slots=True)
class Inner:
    """A row of a list of places inside another."""

    pk: int
    kind: str
    code: str
    name: str
    slug: str
    population: int | None
    area_km2: float | None
    latitude: float | None
    longitude: float | None


INNER_FIELDS = tuple(Inner.__dataclass_fields__)


def find(slug: str) -> Place | None:
    """The visible place of that slug with all that contains it, in one query; None when there is none."""
    found = list(Territory.objects.live().filter(inner_links__inner__slug=slug))
    territory = next((place for place in found if place.slug == slug), None)
    if territory is None:
        return None
    outers: dict[str, Territory] = {}
    for place in found:
        if place.pk != territory.pk:
            outers.setdefault(place.kind, place)
    return Place(territory, outers)


def touching(
    territory_id: int, kinds: Iterable[TerritoryKind], *, itself: bool = False, neighbours: bool = False
) -> QuerySet[Territory]:
    """Visible places of those kinds that share at least one commune with a place; itself and its neighbours if asked.

    Being inside is not asked: an EPCI or a bassin de vie may lie across the border of a department.
    """
    shared = Containment.objects.filter(
        outer=OuterRef("pk"), inner__kind=TerritoryKind.COMMUNE, inner__outer_links__outer=territory_id
    )
    query = Q(Exists(shared), kind__in=list(kinds))
    if itself:
        query |= Q(pk=territory_id)
    if neighbours:
        query |= _bordering(territory_id)
    return Territory.objects.live().filter(query).order_by("search_name", "code")


def with_neighbours(territory_id: int) -> QuerySet[Territory]:
    """A visible place and those of the same kind that share a border with it."""
    query = _bordering(territory_id) | Q(pk=territory_id)
    return Territory.objects.live().filter(query).order_by("search_name", "code")


def _bordering(territory_id: int) -> Q:
    links = Territory.neighbours.through.objects.filter(from_territory=territory_id)
    return Q(pk__in=links.values("to_territory"))


def communes(territory_id: int) -> QuerySet[Territory]:
    """Visible communes of a place, in alphabetical order."""
    inside = Territory.objects.live().of_kind(TerritoryKind.COMMUNE).within(territory_id)
    return inside.order_by("search_name", "code")


def communes_with_epci(territory_id: int) -> list[tuple[Inner, str]]:
    """Visible communes of a place, each with the slug of its EPCI ("" when unknown); one query."""
    link = Containment.objects.filter(inner=OuterRef("pk"), outer__kind=TerritoryKind.EPCI).order_by("outer__code")
    rows = communes(territory_id).annotate(epci=Subquery(link.values("outer__slug")[:1]))
    return [(Inner(*values), epci or "") for *values, epci in rows.values_list(*INNER_FIELDS, "epci")]


def inner_rows(places: QuerySet[Territory]) -> list[Inner]:
    """The places as plain rows, one query."""
    return [Inner(*values) for values in places.values_list(*INNER_FIELDS)]


def mapped_rows(places: QuerySet[Territory], *, fine: bool) -> list[tuple[Inner, str]]:
    """The places as plain rows with their SVG path data ("" without contour), one query."""
    column = "contour__path_fine" if fine else "contour__path_coarse"
    return [(Inner(*values), path or "") for *values, path in places.values_list(*INNER_FIELDS, column)]


def base_address() -> str:
    """Address under which the pages of places live."""
    return reverse("territories:index")


def address(slug: str) -> str:
    """Address of the page of a place."""
    return f"{base_address()}{slug}/"


def links(rows: Iterable[Inner]) -> list[tuple[str, str]]:
    """(name, address) of places, for a list of links."""
    base = base_address()
    return [(row.name, f"{base}{row.slug}/") for row in rows]
