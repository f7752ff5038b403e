"""Places read from the database: rows for lists, filters and maps, the place of a page, and what holds a place."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from django.db.models import Case, F, Q, QuerySet, Sum, TextField, Value, When
from django.urls import reverse

from guide.core.content_version import kept
from guide.core.french import number
from guide.territories.enums import TerritoryKind
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
        return address(self.slug)


COLUMNS = PlaceRow._fields[:-1]
LARGEST_FIRST = (F("population").desc(nulls_last=True), "code")


def place_rows(places: QuerySet[Territory]) -> list[PlaceRow]:
    """The places of a query as plain rows."""
    return [PlaceRow(*row) for row in places.values_list(*COLUMNS)]


def count_communes() -> str:
    """`1 754`: the communes of the region."""
    return number(Territory.objects.live().filter(kind=TerritoryKind.COMMUNE).count())


def drawn_rows(
    places: QuerySet[Territory], *, fine: bool, drawn: Iterable[TerritoryKind] = TerritoryKind
) -> list[PlaceRow]:
    """The places as plain rows with their path, which is "" without contour, or of a kind not `drawn`."""
    column = F("contour__path_fine" if fine else "contour__path_coarse")
    path = Case(When(kind__in=list(drawn), then=column), default=Value(""), output_field=TextField())
    return [PlaceRow(*row, path=path or "") for *row, path in places.values_list(*COLUMNS, path)]


class Outer(NamedTuple):
    """A place that holds another one."""

    pk: int
    kind: str
    code: str


class Held(NamedTuple):
    """A place with all that holds it, itself included."""

    pk: int
    kind: str
    code: str
    name: str
    outers: tuple[Outer, ...]

    def outer(self, kind: TerritoryKind) -> Outer | None:
        """The place of that kind that holds it, the first by code; itself when it is of that kind."""
        return next((outer for outer in self.outers if outer.kind == kind), None)


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


def find_held(**lookups) -> Held | None:
    """The visible place that lookups on the inner side of the closure name."""
    links = Containment.objects.filter(inner__missing_since=None, **lookups).order_by("outer__code", "outer")
    itself, around = ("inner", "inner__kind", "inner__code", "inner__name"), ("outer", "outer__kind", "outer__code")
    rows = list(links.values_list(*itself, *around))
    return Held(*rows[0][:4], tuple(Outer(*row[4:]) for row in rows)) if rows else None


def held_of(territory: int, version: str) -> Held | None:
    """The visible place of that primary key, kept for the content version."""
    return kept(version, f"holders:{territory}", lambda: find_held(inner=territory))


def main_departments(places: Iterable[int]) -> dict[int, Outer]:
    """For each place (primary key) the department where most of its inhabitants live.

    For groups of communes that lie in several departments, none of which holds them.
    """
    links = Containment.objects.filter(
        outer__in=places, inner__kind=TerritoryKind.COMMUNE, inner__missing_since=None, inner__parent__isnull=False
    )
    rows = links.values_list("outer", "inner__parent", "inner__parent__kind", "inner__parent__code")
    people = rows.annotate(people=Sum("inner__population", default=0)).order_by("people", "-inner__parent__code")
    return {outer: Outer(*department) for outer, *department, _ in people}


def keep_held(held: Held, version: str) -> None:
    """Spare `held_of` its query, where the page has already read what holds its place."""
    kept(version, f"holders:{held.pk}", lambda: held)


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
