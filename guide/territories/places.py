"""Reads of places for their pages: plain rows, few queries."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db.models import Case, F, Q, QuerySet, TextField, Value, When
from django.urls import reverse

from guide.territories.enums import TerritoryKind
from guide.territories.holders import Held, Outer
from guide.territories.models import Containment, Territory


@dataclass(frozen=True, slots=True)
class Place:
    """The place of a page and the places that hold it, by kind (the first of each kind); `held` names them all."""

    territory: Territory
    outers: dict[str, Territory]
    held: Held

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
LARGEST_FIRST = (F("population").desc(nulls_last=True), "code")


def find(slug: str) -> Place | None:
    """The visible place of that slug with all that contains it, in one query; None when there is none."""
    return next(iter(find_many([slug])), None)


def find_many(slugs: Sequence[str]) -> list[Place]:
    """The visible places of those slugs, in their order, each with all that contains it; one query."""
    found: dict[str, list[Territory]] = defaultdict(list)
    rows = Territory.objects.live().filter(inner_links__inner__slug__in=slugs)
    for territory in rows.annotate(inner_slug=F("inner_links__inner__slug")):
        found[territory.inner_slug].append(territory)
    return [place for slug in slugs if (place := _place(slug, found[slug]))]


def _place(slug: str, found: list[Territory]) -> Place | None:
    territory = next((one for one in found if one.slug == slug), None)
    if territory is None:
        return None
    outers: dict[str, Territory] = {}
    for one in found:
        if one.pk != territory.pk:
            outers.setdefault(one.kind, one)
    holders = sorted((Outer(one.pk, one.kind, one.code) for one in found), key=lambda one: (one.code, one.pk))
    return Place(territory, outers, Held(territory.pk, territory.kind, territory.code, territory.name, tuple(holders)))


def touching(
    territory_id: int, kinds: Iterable[TerritoryKind], *, itself: bool = False, neighbours: bool = False
) -> QuerySet[Territory]:
    """Visible places of those kinds that share at least one commune with a place; itself and its neighbours if asked.

    Being inside is not asked: an EPCI or a bassin de vie may lie across the border of a department.
    """
    query = _touching(territory_id, kinds)
    if itself:
        query |= Q(pk=territory_id)
    if neighbours:
        query |= _bordering(territory_id)
    return _visible(query)


def with_largest_communes(territory_id: int, kinds: Iterable[TerritoryKind], limit: int) -> QuerySet[Territory]:
    """A visible place, its neighbours, those of `kinds` that touch it, and its most populated communes."""
    largest = communes(territory_id).order_by(*LARGEST_FIRST).values("pk")[:limit]
    return _visible(_touching(territory_id, kinds) | _bordering(territory_id) | Q(pk=territory_id) | Q(pk__in=largest))


def with_all_communes(territory_id: int, kinds: Iterable[TerritoryKind]) -> QuerySet[Territory]:
    """Visible communes of a place, those of `kinds` that touch it, and its neighbours; not the place itself."""
    inside = communes(territory_id).order_by().values("pk")
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


def communes(territory_id: int) -> QuerySet[Territory]:
    """Visible communes of a place, in alphabetical order."""
    inside = Territory.objects.live().of_kind(TerritoryKind.COMMUNE).within(territory_id)
    return inside.order_by("search_name", "code")


def largest(rows: Iterable[Inner]) -> list[Inner]:
    """These places, the most populated first; the order of LARGEST_FIRST. Pure."""
    return sorted(rows, key=lambda row: (row.population is None, -(row.population or 0), row.code))


def inner_rows(places: QuerySet[Territory]) -> list[Inner]:
    """The places as plain rows, one query."""
    return [Inner(*values) for values in places.values_list(*INNER_FIELDS)]


def mapped_rows(
    places: QuerySet[Territory], *, fine: bool, drawn: Iterable[TerritoryKind] = TerritoryKind
) -> list[tuple[Inner, str]]:
    """The places as plain rows with their SVG path data ("" without contour, or of a kind not `drawn`), one query."""
    column = F("contour__path_fine" if fine else "contour__path_coarse")
    path = Case(When(kind__in=list(drawn), then=column), default=Value(""), output_field=TextField())
    return [(Inner(*values), path or "") for *values, path in places.values_list(*INNER_FIELDS, path)]


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
