"""What lists and editors tell of places side by side: daily life, travel times, remarks; read together."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from guide.core.french import NBSP, number, partial_date
from guide.territories import figures, remarks
from guide.territories.comparison import Cell, Column, ComparedGroup, ComparedRow, dated
from guide.territories.enums import AmenityKind, RemarkKind, TravelMode
from guide.territories.life import span
from guide.territories.models import Amenity, TravelTime
from guide.territories.remarks import in_words

MAX_NAMES = 3
SHOWN_KINDS = (
    AmenityKind.STATION,
    AmenityKind.HIGH_SCHOOL,
    AmenityKind.UNIVERSITY,
    AmenityKind.NATIONAL_STAGE,
    AmenityKind.MUSEUM,
    AmenityKind.PARK_COMMUNE,
)


class ShortLists(NamedTuple):
    """Rows of what is told of the compared places: daily life, travel times, remarks."""

    amenities: list[tuple]
    times: list[tuple]
    remarks: list[tuple]


def read(compared: Sequence[Column]) -> ShortLists:
    """What lists tell of the places, and editors of them and of what holds them."""
    keys = [column.pk for column in compared]
    inside = {"commune__outer_links__outer__in": keys, "missing_since": None}
    told = {pk for column in compared for pk in _holders(column)}
    amenities = Amenity.objects.filter(kind__in=SHOWN_KINDS, **inside).order_by("name")
    times = TravelTime.objects.filter(**inside).order_by("to_place")
    place = "commune__outer_links__outer"
    return ShortLists(
        list(amenities.values_list(place, "kind", "name", "source", "source_date")),
        list(times.values_list(place, "to_place", "mode", "minutes", "source", "source_date")),
        remarks.read(told),
    )


def _holders(column: Column) -> list[int]:
    """Primary keys of the place and of those that hold it, the place first."""
    return [column.pk, *(outer.pk for outer in column.place.outers.values())]


def life_group(compared: Sequence[Column], lists: ShortLists) -> ComparedGroup:
    """Places of daily life and travel times. What no list holds is not known, never "none". Pure."""
    keys = [column.pk for column in compared]
    names: dict[tuple[str, int], dict[str, None]] = defaultdict(dict)
    told: dict[str, None] = {}
    for pk, kind, name, source, day in lists.amenities:
        names[kind, pk][name] = None
        told[dated(source, day)] = None
    found = [
        ComparedRow(kind.heading, [_names(list(names[kind, pk])) for pk in keys])
        for kind in SHOWN_KINDS
        if any(names[kind, pk] for pk in keys)
    ]
    times, time_sources = _times(keys, lists.times)
    named = f"{NBSP}; ".join({**told, **time_sources})
    note = f"Listes incomplètes{NBSP}: un lieu absent peut exister. Sources{NBSP}: {named}." if named else ""
    return ComparedGroup("Vivre ici", found + times, note)


def _names(found: list[str]) -> Cell:
    if not found:
        return Cell()
    text = number(len(found))
    return Cell(text, ", ".join(found)) if len(found) <= MAX_NAMES else Cell(text)


def _times(keys: Sequence[int], rows: Iterable[tuple]) -> tuple[list[ComparedRow], dict[str, None]]:
    minutes: dict[tuple[str, str], dict[int, list[int]]] = defaultdict(lambda: defaultdict(list))
    sources: dict[str, None] = {}
    for pk, to_place, mode, spent, source, day in rows:
        minutes[to_place, mode][pk].append(spent)
        sources[dated(source, day)] = None
    found = [
        ComparedRow(
            f"{to_place} en {TravelMode(mode).label}",
            [Cell(span(by_place[pk])) if by_place[pk] else Cell() for pk in keys],
        )
        for (to_place, mode), by_place in minutes.items()
    ]
    return found, sources


def remark_group(compared: Sequence[Column], found: figures.Figures, lists: ShortLists) -> ComparedGroup:
    """Assets and cautions: those of editors for the place and what holds it, what its figures say. Pure."""
    written: dict[tuple[str, int], list[str]] = defaultdict(list)
    for pk, kind, text, source, _, year in lists.remarks:
        written[kind, pk].append(f"{text} ({source}, {partial_date(year)})")
    labels = {RemarkKind.ASSET: "Atouts", RemarkKind.CAUTION: "À savoir avant de venir"}
    computed = {column.pk: figures.findings_of(found, column.place.territory, column.pole) for column in compared}
    result = []
    for kind, label in labels.items():
        cells = []
        for column in compared:
            names = {outer.pk: f"{outer.name}{NBSP}: " for outer in column.place.outers.values()}
            items = [f"{names.get(pk, '')}{text}" for pk in _holders(column) for text in written[kind, pk]]
            items += [in_words(one) for one in computed[column.pk] if one.kind == kind]
            cells.append(Cell(items=tuple(items)))
        if any(cell.items for cell in cells):
            result.append(ComparedRow(label, cells))
    return ComparedGroup("Atouts et points à savoir", result)
