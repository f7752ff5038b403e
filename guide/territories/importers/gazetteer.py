"""From checked communes to every place of a region: a pure computation, without the database.

A place is named by its key (kind, code). `plan` gives, for each key, all that the tables must hold.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from guide.core.french import fold
from guide.territories import cog, geometry
from guide.territories.enums import Extent, TerritoryKind
from guide.territories.geometry import Key, Outline, outlines
from guide.territories.importers.place_files import Commune

FRANCE: Key = (TerritoryKind.COUNTRY, "FR")
CROSSING = (TerritoryKind.EPCI, TerritoryKind.LIVING_AREA)  # may cross the border of a department or a region


@dataclass(frozen=True, slots=True)
class Origin:
    """Where the places of one kind come from, as the pages say it."""

    source: str
    source_date: str


@dataclass(slots=True)
class Gazetteer:
    """What the files say, checked; `living_areas` maps a commune to the code of its bassin de vie."""

    region: str
    communes: list[Commune] = field(default_factory=list)
    epci_names: dict[str, str] = field(default_factory=dict)
    living_areas: dict[str, str] = field(default_factory=dict)
    living_area_names: dict[str, str] = field(default_factory=dict)
    origins: dict[str, Origin] = field(default_factory=dict)


@dataclass(slots=True)
class PlannedPlace:
    """All that the tables hold of one place. `outers`: what contains it, itself included."""

    key: Key
    name: str
    parent: Key | None
    outers: frozenset[Key]
    origin: Origin
    slug: str = ""
    population: int | None = None
    latitude: float | None = None
    longitude: float | None = None
    extent: str = Extent.WHOLE
    outline: Outline | None = None
    postal_codes: frozenset[str] = frozenset()
    neighbours: frozenset[Key] = frozenset()


def plan(gazetteer: Gazetteer, taken_slugs: frozenset[str] = frozenset()) -> dict[Key, PlannedPlace]:
    """Every place of the region; `taken_slugs` belong to places that are no longer in the sources."""
    communes = sorted(gazetteer.communes, key=lambda commune: commune.code)
    members = _members(gazetteer, communes)
    drawn = outlines([commune.shape for commune in communes], members)
    places = {FRANCE: PlannedPlace(FRANCE, "France", None, frozenset([FRANCE]), _origin(gazetteer, FRANCE))}
    for key, positions in members.items():
        inside = [communes[position] for position in positions]
        places[key] = (
            _commune(gazetteer, inside[0]) if key[0] == TerritoryKind.COMMUNE else _group(gazetteer, key, inside)
        )
        places[key].outline = drawn[key]
        if places[key].latitude is None:
            places[key].latitude, places[key].longitude = drawn[key].inner_point
    _set_neighbours(places, drawn)
    _set_extents(places, drawn, (TerritoryKind.REGION, gazetteer.region))
    _set_slugs(places, taken_slugs)
    return places


def _members(gazetteer: Gazetteer, communes: list[Commune]) -> dict[Key, list[int]]:
    """Positions of the communes of each place; an EPCI or a bassin de vie without a name is left out."""
    members: dict[Key, list[int]] = defaultdict(list)
    for position, commune in enumerate(communes):
        for key in _outers(gazetteer, commune) - {FRANCE}:
            members[key].append(position)
    return {key: members[key] for key in sorted(members)}


def _outers(gazetteer: Gazetteer, commune: Commune) -> frozenset[Key]:
    keys = [
        FRANCE,
        (TerritoryKind.REGION, gazetteer.region),
        (TerritoryKind.DEPARTMENT, commune.department),
        (TerritoryKind.COMMUNE, commune.code),
    ]
    if commune.epci in gazetteer.epci_names:
        keys.append((TerritoryKind.EPCI, commune.epci))
    living_area = gazetteer.living_areas.get(commune.code)
    if living_area in gazetteer.living_area_names:
        keys.append((TerritoryKind.LIVING_AREA, living_area))
    return frozenset((str(kind), code) for kind, code in keys)


def _commune(gazetteer: Gazetteer, commune: Commune) -> PlannedPlace:
    key = (TerritoryKind.COMMUNE.value, commune.code)
    return PlannedPlace(
        key=key,
        name=commune.name,
        parent=(TerritoryKind.DEPARTMENT, commune.department),
        outers=_outers(gazetteer, commune),
        origin=_origin(gazetteer, key),
        population=commune.population,
        latitude=commune.latitude,
        longitude=commune.longitude,
        postal_codes=commune.postal_codes,
    )


def _group(gazetteer: Gazetteer, key: Key, inside: list[Commune]) -> PlannedPlace:
    kind, code = key
    region = (TerritoryKind.REGION, gazetteer.region)
    populations = [commune.population for commune in inside if commune.population is not None]
    return PlannedPlace(
        key=key,
        name=_name(gazetteer, kind, code),
        parent=FRANCE if kind == TerritoryKind.REGION else region,
        outers=frozenset({FRANCE, region, key, *_department(key, inside)}),
        origin=_origin(gazetteer, key),
        population=sum(populations) if populations else None,
    )


def _department(key: Key, inside: list[Commune]) -> list[Key]:
    """The department of an EPCI or a bassin de vie whose communes of the region all lie in it; empty otherwise."""
    codes = {commune.department for commune in inside}
    if key[0] not in CROSSING or len(codes) > 1:
        return []
    return [(TerritoryKind.DEPARTMENT.value, *codes)]


def _name(gazetteer: Gazetteer, kind: str, code: str) -> str:
    if kind == TerritoryKind.REGION:
        return cog.REGIONS[code].name
    if kind == TerritoryKind.DEPARTMENT:
        return cog.DEPARTMENTS[code].name
    return (gazetteer.epci_names if kind == TerritoryKind.EPCI else gazetteer.living_area_names)[code]


def _origin(gazetteer: Gazetteer, key: Key) -> Origin:
    return gazetteer.origins.get(key[0]) or gazetteer.origins[TerritoryKind.COMMUNE]


def _set_neighbours(places: Mapping[Key, PlannedPlace], drawn: Mapping[Key, Outline]) -> None:
    """Neighbours are places of the same kind that share an edge or a point."""
    for kind in {key[0] for key in drawn}:
        keys = [key for key in drawn if key[0] == kind]
        found: dict[Key, set[Key]] = defaultdict(set)
        for first, second in geometry.neighbours([drawn[key].shape for key in keys]):
            found[keys[first]].add(keys[second])
        for key, others in found.items():
            places[key].neighbours = frozenset(others)


def _set_extents(places: Mapping[Key, PlannedPlace], drawn: Mapping[Key, Outline], region: Key) -> None:
    """EPCI and bassins de vie may cross the region's border, beyond which nothing is known here."""
    keys = [key for key in drawn if key[0] in CROSSING]
    reach = geometry.touch_outline([drawn[key].shape for key in keys], drawn[region].shape) if keys else []
    for key, reaches in zip(keys, reach, strict=True):
        kind, code = key
        if kind == TerritoryKind.LIVING_AREA and (TerritoryKind.COMMUNE, code) not in places:
            places[key].extent = Extent.PARTIAL  # the code of a bassin de vie is that of its pole, here outside
        elif reaches:
            places[key].extent = Extent.UNKNOWN


def _set_slugs(places: Mapping[Key, PlannedPlace], taken: Iterable[str]) -> None:
    """Addresses from names; where two places would have the same, both carry their code (the widest keeps its)."""
    bases = {key: _base_slug(place) for key, place in places.items()}
    counts = Counter((key[0], base) for key, base in bases.items())
    used = set(taken)
    order = list(TerritoryKind.values)
    for key in sorted(places, key=lambda key: (order.index(key[0]), key[1])):
        base = bases[key]
        slug = base if counts[key[0], base] == 1 and base not in used else f"{base}-{key[1].lower()}"
        places[key].slug = slug
        used.add(slug)


def _base_slug(place: PlannedPlace) -> str:
    kind, code = place.key
    slug = fold(place.name).replace(" ", "-")
    if kind == TerritoryKind.COMMUNE:
        return f"{slug}-{code.lower()}"
    return f"bassin-de-vie-{slug}" if kind == TerritoryKind.LIVING_AREA else slug
