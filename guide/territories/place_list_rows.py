"""The rows of the table of places: what is known of each bassin de vie and EPCI, and how far it is from a town.

They are read once for a content version: a region has a few hundred of them.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import NamedTuple

from django.utils.text import slugify

from guide.core.content_version import kept
from guide.core.french import NBSP, number
from guide.territories import figures, identity
from guide.territories.enums import TerritoryKind, TravelMode
from guide.territories.life import span
from guide.territories.models import Containment, IndicatorValue, Territory, TravelTime
from guide.territories.places import LARGEST_FIRST, PlaceRow, place_rows
from guide.territories.positions import great_circle_km

KINDS = {"bassin": TerritoryKind.LIVING_AREA, "epci": TerritoryKind.EPCI}
DOCTORS, PRICE = "densite_mg_y_compris_mep", "prix_m2_median"
TRAINS = (TravelMode.TRAIN, TravelMode.HIGH_SPEED_TRAIN)
ORIGIN_TOWNS = 2  # the largest towns of the region, beside the capital


class Origin(NamedTuple):
    """Where one comes from; `pk` is that of a commune of the region, None for the capital."""

    code: str
    name: str
    latitude: float
    longitude: float
    pk: int | None = None


PARIS = Origin("paris", "Paris", 48.8566, 2.3522)  # its town hall


class Known(NamedTuple):
    """A figure of a row: to sort by, in words, and what it is about when that is not the whole place."""

    value: float
    text: str
    note: str = ""


class Row(NamedTuple):
    """A place of the table. `trains` and `distances` are by code of the origin."""

    kind: str
    kind_title: str
    code: str
    name: str
    href: str
    population: Known | None
    department: str
    department_code: str
    doctors: Known | None
    price: Known | None
    trains: Mapping[str, Known]
    distances: Mapping[str, Known]


def read(version: str) -> tuple[list[Origin], list[Row]]:
    """Where one may come from, and every row, at a content version."""
    return kept(version, "place-list", _read)


def _read() -> tuple[list[Origin], list[Row]]:
    places = place_rows(Territory.objects.live().filter(kind__in=KINDS.values()).order_by("search_name", "code"))
    inside = _communes_of([place.pk for place in places])
    towns = origins()
    known = _figures()
    times = _train_times(towns)
    rows = []
    for place in places:
        communes = [commune for commune, _ in inside[place.pk]]
        main = main_commune(place, communes)
        department = main_department(inside[place.pk])
        trains = {one.code: time for one in towns if (time := _train(one, place, communes, times))}
        here = main or place
        rows.append(
            Row(
                kind=place.kind,
                kind_title=identity.KIND_TITLES[place.kind],
                code=place.code,
                name=place.name,
                href=place.address,
                population=Known(place.population, number(place.population)) if place.population else None,
                department=department[1] if department else "",
                department_code=department[2] if department else "",
                doctors=_doctors(place, department, known),
                price=_of_main(place, main, known.get(PRICE, {})),
                trains=trains,
                distances={one.code: far(one, here) for one in towns if here.latitude is not None},
            )
        )
    return towns, rows


def _communes_of(keys: list[int]) -> dict[int, list[tuple[PlaceRow, tuple[int, str, str]]]]:
    """By place: its communes, each with its department (primary key, name, code)."""
    found = defaultdict(list)
    links = Containment.objects.filter(
        outer__in=keys, inner__kind=TerritoryKind.COMMUNE, inner__missing_since=None, inner__parent__isnull=False
    ).order_by("inner__code")
    columns = [f"inner__{name}" for name in PlaceRow._fields[:-1]]
    for outer, name, code, *values in links.values_list(
        "outer", "inner__parent__name", "inner__parent__code", *columns
    ):
        commune = PlaceRow(*values)
        found[outer].append((commune, (commune.parent_id, name, code)))
    return found


def main_commune(place: PlaceRow, communes: list[PlaceRow]) -> PlaceRow | None:
    """The pole of a bassin de vie, the most populated commune of an EPCI; None when it is outside the region."""
    if place.kind == TerritoryKind.LIVING_AREA:
        return next((commune for commune in communes if commune.code == place.code), None)
    return max(communes, key=lambda one: one.population or 0, default=None)


def main_department(communes: Iterable[tuple[PlaceRow, tuple[int, str, str]]]) -> tuple[int, str, str] | None:
    """The department where most of the inhabitants live. Pure."""
    people: dict[tuple[int, str, str], int] = defaultdict(int)
    for commune, department in communes:
        people[department] += commune.population or 0
    return max(people, key=lambda one: (people[one], one[2]), default=None)


def origins() -> list[Origin]:
    """The capital, then the largest towns of the region, by code."""
    largest = Territory.objects.live().of_kind(TerritoryKind.COMMUNE).filter(latitude__isnull=False)
    found = largest.order_by(*LARGEST_FIRST).values_list("name", "latitude", "longitude", "pk")[:ORIGIN_TOWNS]
    return [PARIS, *sorted(Origin(slugify(name), name, *rest) for name, *rest in found)]


def _figures() -> dict[str, dict[int, IndicatorValue]]:
    """The latest figures that the table shows, by code and place: of places, their communes, their departments."""
    rows = IndicatorValue.objects.filter(indicator__code__in=(DOCTORS, PRICE), masked=False)
    found: dict[str, dict[int, IndicatorValue]] = defaultdict(dict)
    for value in rows.select_related("indicator").order_by("-year", "-period"):
        found[value.indicator.code].setdefault(value.territory_id, value)
    return found


def _doctors(place: PlaceRow, department, known: Mapping[str, Mapping[int, IndicatorValue]]) -> Known | None:
    values = known.get(DOCTORS, {})
    if place.pk in values:
        return _known(values[place.pk])
    value = values.get(department[0]) if department else None
    return value and _known(value, "dans le département")


def _of_main(place: PlaceRow, main: PlaceRow | None, values: Mapping[int, IndicatorValue]) -> Known | None:
    if place.pk in values:
        return _known(values[place.pk])
    value = values.get(main.pk) if main else None
    return value and _known(value, f"à {main.name}")


def _known(value: IndicatorValue, where: str = "") -> Known:
    return Known(value.value, figures.amount(value), ", ".join(filter(None, (where, figures.year_of(value)))))


def _train_times(origins: list[Origin]) -> dict[str, dict[int, list[tuple[int, str]]]]:
    """By origin and commune: (minutes, station) of the trains that a source announces, in one way or the other."""
    found: dict[str, dict[int, list]] = {one.code: defaultdict(list) for one in origins}
    by_pk = {one.pk: one for one in origins if one.pk}
    rows = TravelTime.objects.filter(mode__in=TRAINS, missing_since=None).order_by("minutes")
    for commune, station, town, minutes in rows.values_list("commune", "from_place", "to_place", "minutes"):
        for one in origins:
            if is_station_of(town, one.name):
                found[one.code][commune].append((minutes, station))
                start = by_pk.get(commune)
                if start and one.pk:
                    found[start.code][one.pk].append((minutes, town))
    return found


def is_station_of(station: str, town: str) -> bool:
    """Whether "Paris-Montparnasse" is a station of Paris. Pure."""
    return station == town or station.startswith(f"{town}-")


def _train(origin: Origin, place: PlaceRow, communes: list[PlaceRow], times: Mapping) -> Known | None:
    """The times announced between the origin and a station of the place; the fastest station is named."""
    stations: dict[str, list[int]] = defaultdict(list)
    for commune in communes:
        for minutes, station in times[origin.code].get(commune.pk, ()):
            stations[station].append(minutes)
    if not stations:
        return None
    station, minutes = min(stations.items(), key=lambda one: min(one[1]))
    return Known(min(minutes), span(minutes), "" if station == place.name else f"gare{NBSP}: {station}")


def far(origin: Origin, here: PlaceRow | Territory) -> Known:
    """The distance of a place from a town, from its town hall. Pure."""
    km = great_circle_km(origin.latitude, origin.longitude, here.latitude, here.longitude)
    return Known(km, f"{number(km)}{NBSP}km" if km >= 1 else "sur place")
