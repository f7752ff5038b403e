"""Places read from the database: rows for lists, filters and maps, and the place of a page with what holds it."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from django.db.models import Case, F, Q, QuerySet, TextField, Value, When
from django.urls import reverse

from guide.territories.enums import TerritoryKind
from guide.territories.holders import Held, Outer
from guide.territories.models import Containment, Territory


class PlaceRow(NamedTuple):
    """A place without its model: what lists, filters and maps need. Positions are WGS84 degrees, None when unknown.

    `path` is the SVG path data of a place that was read to be drawn (`drawn_rows`).
    """

    pk: int
    kind: str
    code: str
    name: str
    slug: str
    population: int | None
    area_km2: float | None
    latitude: float | None
    longitude: float | None
    parent_id: int | None
    path: str = ""

    @property
    def address(self) -> str:
        """Address of the page of the place."""
        return address(self.slug)


COLUMNS = PlaceRow._fields[:-1]
LARGEST_FIRST = (F("population").desc(nulls_last=True), "code")


def place_rows(places: QuerySet[Territory]) -> list[PlaceRow]:
    """The places of a query as plain rows."""
    return [PlaceRow(*row) for row in places.values_list(*COLUMNS)]


def drawn_rows(
    places: QuerySet[Territory], *, fine: bool, drawn: Iterable[TerritoryKind] = TerritoryKind
) -> list[PlaceRow]:
    """The places as plain rows with their path, which is "" without contour, or of a kind not `drawn`."""
    column = F("contour__path_fine" if fine else "contour__path_coarse")
    path = Case(When(kind__in=list(drawn), then=column), default=Value(""), output_field=TextField())
    return [PlaceRow(*row, path=path or "") for *row, path in places.values_list(*COLUMNS, path)]


@dataclass(frozen=True, slots=True)
class PlaceInside:
    """The place of a page and the places that hold it, by kind (the first of each kind); `held` names them all."""

    territory: Territory
    outers: dict[str, Territory]
    held: Held

    def outer(self, kind: TerritoryKind) -> Territory | None:
        """The place of that kind that holds it; never itself."""
        return self.outers.get(kind)


def find(slug: str) -> PlaceInside | None:
    """The visible place of that slug with all that holds it; None when there is none."""
    return next(iter(find_many([slug])), None)


def find_many(slugs: Sequence[str]) -> list[PlaceInside]:
    """The visible places of those slugs, in their order, each with all that holds it."""
    found: dict[str, list[Territory]] = defaultdict(list)
    rows = Territory.objects.live().filter(inner_links__inner__slug__in=slugs)
    for territory in rows.annotate(inner_slug=F("inner_links__inner__slug")):
        found[territory.inner_slug].append(territory)
    return [_inside(slug, found[slug]) for slug in slugs if any(one.slug == slug for one in found[slug])]


def _inside(slug: str, found: list[Territory]) -> PlaceInside:
    territory = next(one for one in found if one.slug == slug)
    outers: dict[str, Territory] = {}
    for one in found:
        if one is not territory:
            outers.setdefault(one.kind, one)
    holders = sorted((Outer(one.pk, one.kind, one.code) for one in found), key=lambda one: (one.code, one.pk))
    held = Held(territory.pk, territory.kind, territory.code, territory.name, tuple(holders))
    return PlaceInside(territory, outers, held)


def with_touching(territory_id: int, kinds: Iterable[TerritoryKind]) -> QuerySet[Territory]:
    """A visible place and those of `kinds` that share at least one commune with it.

    Being inside is not asked: an EPCI or a bassin de vie may lie across the border of a department.
    """
    return _visible(_touching(territory_id, kinds) | Q(pk=territory_id))


def with_largest_communes(territory_id: int, kinds: Iterable[TerritoryKind], limit: int) -> QuerySet[Territory]:
    """A visible place, its neighbours, those of `kinds` that touch it, and its most populated communes."""
    largest = _communes(territory_id).order_by(*LARGEST_FIRST).values("pk")[:limit]
    return _visible(_touching(territory_id, kinds) | _bordering(territory_id) | Q(pk=territory_id) | Q(pk__in=largest))


def with_all_communes(territory_id: int, kinds: Iterable[TerritoryKind]) -> QuerySet[Territory]:
    """Visible communes of a place, those of `kinds` that touch it, and its neighbours; not the place itself."""
    inside = _communes(territory_id).order_by().values("pk")
    return _visible(_touching(territory_id, kinds) | _bordering(territory_id) | Q(pk__in=inside))


def with_neighbours(territory_id: int) -> QuerySet[Territory]:
    """A visible place and those of the same kind that share a border with it."""
    return _visible(_bordering(territory_id) | Q(pk=territory_id))


def _visible(query: Q) -> QuerySet[Territory]:
    return Territory.objects.live().filter(query).order_by("search_name", "code")


def _touching(territory_id: int, kinds: Iterable[TerritoryKind]) -> Q:
    shared = Containment.objects.filter(inner__kind=TerritoryKind.COMMUNE, inner__outer_links__outer=territory_id)
    # From the communes up: asked from the places down, a department took eighty milliseconds.
    return Q(pk__in=shared.values("outer"), kind__in=list(kinds))


def _bordering(territory_id: int) -> Q:
    links = Territory.neighbours.through.objects.filter(from_territory=territory_id)
    return Q(pk__in=links.values("to_territory"))


def _communes(territory_id: int) -> QuerySet[Territory]:
    return Territory.objects.live().of_kind(TerritoryKind.COMMUNE).within(territory_id)


def largest(rows: Iterable[PlaceRow]) -> list[PlaceRow]:
    """These places, the most populated first; the order of LARGEST_FIRST. Pure."""
    return sorted(rows, key=lambda row: (row.population is None, -(row.population or 0), row.code))


def address(slug: str) -> str:
    """Address of the page of a place."""
    return f"{reverse('territories:index')}{slug}/"
