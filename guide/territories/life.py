"""Daily life in a place, ready to print: places by kind, travel times as ranges."""

import math
from collections import defaultdict
from collections.abc import Iterable
from itertools import groupby

from guide.core.enums import Confidence
from guide.core.french import NBSP, date_beside, fold
from guide.territories.enums import AmenityKind, TerritoryKind, TravelMode
from guide.territories.models import Amenity, Territory, TravelTime

# The region would list hundreds of lycées; its page leads to those of its departments.
KINDS = (TerritoryKind.COMMUNE, TerritoryKind.EPCI, TerritoryKind.LIVING_AREA, TerritoryKind.DEPARTMENT)
FOLDED = 6  # a department folds the lists that are longer
# What their lists cannot say, whatever the vintage.
NOTES = {
    AmenityKind.STATION: "Une gare de la liste peut n'être desservie que par quelques trains.",
    AmenityKind.HIGH_SCHOOL: "Surtout des lycées publics ; les changements faits depuis ne sont pas suivis.",
    AmenityKind.MUSEUM: "Un musée de la liste peut être fermé en ce moment.",
}
SOURCING = ("source", "source_date", "confidence")
PAIR = ("from_place", "to_place", "mode")


def context(territory: Territory) -> dict:
    """What `territories/_life.html` prints: places of daily life, travel times; nothing for a place not of KINDS."""
    inside = {"commune__outer_links__outer": territory.pk, "missing_since": None}  # a commune contains itself
    amenities, travel = (
        Amenity.objects.filter(**inside),
        TravelTime.objects.filter(**inside).order_by(*PAIR, "minutes"),
    )
    if territory.kind not in KINDS:
        amenities, travel = amenities.none(), travel.none()
    times = list(_times(travel.values_list(*PAIR, "minutes", "details", *SOURCING)))
    return {
        "groups": _groups(amenities.values_list("kind", "name", "details", "commune__name", *SOURCING), territory),
        "times": [time for time, _ in times],
        "time_sources": sources(sourcing for _, found in times for sourcing in found),
    }


def _groups(rows: Iterable[tuple], territory: Territory) -> list[dict]:
    """Places by kind, in the order of AmenityKind; those of a bassin de vie name their communes.

    `folded` is the number of places of a list too long to be read at once, else 0.
    """
    longest = FOLDED if territory.kind == TerritoryKind.DEPARTMENT else math.inf
    wide = territory.kind != TerritoryKind.COMMUNE
    by_kind = defaultdict(list)
    for kind, *row in sorted(rows, key=lambda row: (fold(row[1]), fold(row[3]))):
        by_kind[kind].append(row)
    return [
        {
            "title": kind.heading,
            "note": NOTES.get(kind, ""),
            "folded": len(by_kind[kind]) if len(by_kind[kind]) > longest else 0,
            "places": _places(by_kind[kind], wide=wide),
            "sources": sources(tuple(sourcing) for _, _, _, *sourcing in by_kind[kind]),
        }
        for kind in AmenityKind
        if kind in by_kind
    ]


def _places(rows: list[list[str]], *, wide: bool) -> list[dict]:
    """One line for each name and precision: a park that several communes share is one line.

    A station named as its commune does not repeat it.
    """
    communes = defaultdict(list)
    for name, details, commune, *_ in rows:
        communes[name, details].append(commune)
    return [
        {"name": name, "details": details, "communes": ", ".join(found) if wide and found != [name] else ""}
        for (name, details), found in communes.items()
    ]


def _times(rows: Iterable[tuple]) -> Iterable[tuple[dict, list[tuple]]]:
    """(a line, its sources) for each departure, arrival and mode."""
    for (start, end, mode), same in groupby(rows, key=lambda row: row[:3]):
        same = list(same)
        minutes = [row[3] for row in same]
        line = {
            "text": f"{start} → {end} en {TravelMode(mode).label}{NBSP}: {span(minutes)}",
            "details": f"{NBSP}; ".join(dict.fromkeys(row[4] for row in same if row[4])),
        }
        yield line, [row[5:] for row in same]


def span(minutes: list[int]) -> str:
    """The range of several times, never their mean: "60 à 78 minutes". Pure."""
    low, high = min(minutes), max(minutes)
    return f"{low} à {high}{NBSP}minutes" if low < high else f"{low}{NBSP}minute{'s' if low > 1 else ''}"


def sources(rows: Iterable[tuple[str, str, str]]) -> list[str]:
    """Each source once, with its date and the confidence that it deserves. Pure."""
    told = []
    for source, day, confidence in dict.fromkeys(rows):
        date = date_beside(source, day) if day else "date non renseignée"
        trust = f" (confiance {Confidence(confidence).label})" if confidence else ""
        told.append(f"{', '.join(filter(None, (source, date)))}{trust}")
    return told
