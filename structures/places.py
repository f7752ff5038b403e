"""Structures of a place for the pages of places: counts, first rows, dots; plain rows, few queries."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlencode

from django.db.models import Case, Count, IntegerField, Max, QuerySet, Value, When
from django.urls import reverse
from django.utils import timezone

from guide.core.french import NBSP, long_date, number, plural
from guide.territories import prepositions
from guide.territories.enums import TerritoryKind
from guide.territories.models import Territory
from structures.completeness import Note, notes_for
from structures.enums import APPROXIMATE, SHORT_LABELS, Kind, Rank
from structures.models import Structure

SHOWN = 10
MAX_DOTS = 1000
NEAR_KM = 20
# University and general hospitals, then where a doctor may practise, who organises care, what surrounds it.
IMPORTANT_RANKS = (Rank.CHU, Rank.CH)
IMPORTANCE = (
    Kind.MSP, Kind.HEALTH_CENTRE, Kind.CPTS, Kind.HOSPITAL, Kind.CLINIC, Kind.MEDICAL_HOUSE, Kind.ESP, Kind.OSAT,
    Kind.UNSCHEDULED, Kind.MOBILE, Kind.ESS, Kind.DAC, Kind.SAS, Kind.GHT, Kind.HOME_HOSPITAL, Kind.REHABILITATION,
    Kind.DIALYSIS, Kind.RADIOTHERAPY, Kind.IMAGING, Kind.INTERN_HOUSING, Kind.LABORATORY,
)  # fmt: skip
FIELDS = ("kind", "name", "slug", "commune", "commune__name", "latitude", "longitude", "coordinate_source")


@dataclass(frozen=True, slots=True)
class Found:
    """Structures of a place, ready to print; `points` are (kind, longitude, latitude) for a map."""

    total: int
    number: str
    title: str
    counts: list[dict]
    rows: list[dict]
    points: list[tuple[str, float, float]]
    href: str
    updated: str
    notes: list[Note]
    where: str

    @property
    def hidden(self) -> int:
        """How many structures are not among the rows."""
        return self.total - len(self.rows)


def inside(territory: Territory, version: str) -> Found:
    """Live structures of a place: exact counts by kind, the first ones, dots (at most MAX_DOTS).

    One query, two when the rows are too many to be counted as they come; the notes on their lists are those of a
    content version.
    """
    live = Structure.objects.live().in_territory(territory.pk)
    found = list(_by_importance(live).values_list(*FIELDS, "updated_at")[:MAX_DOTS])
    counted = _counted((row[0], row[-1]) for row in found) if len(found) < MAX_DOTS else _count(live)
    rows = [row[:-1] for row in found]
    total = sum(count for _, count, _ in counted)
    base = reverse("structures:list")
    return Found(
        total,
        number(total),
        plural(total, "structure"),
        counts(counted, {"territoire": territory.slug}),
        [_row(base, *row) for row in rows[:SHOWN]],
        [(row[0], row[6], row[5]) for row in rows if row[5] is not None],
        f"{base}?{urlencode({'territoire': territory.slug})}",
        last_update(counted),
        notes_for((kind for kind, _, _ in counted), version) if counted else [],
        prepositions.inside(territory.kind, territory.code, territory.name),
    )


def near(territory: Territory) -> dict | None:
    """Nearest live structures within NEAR_KM of a commune, outside of it, with their distance; one query.

    None for a wider place, or one without position: "around" has no meaning there.
    """
    if territory.kind != TerritoryKind.COMMUNE or territory.latitude is None:
        return None
    found = (
        Structure.objects.live()
        .near(territory.latitude, territory.longitude, NEAR_KM)
        .exclude(commune=territory.pk)
        .order_by("distance_km", "pk")
    )
    base = reverse("structures:list")
    rows = list(found.values_list(*FIELDS, "distance_km")[: SHOWN * 10])
    return {
        "rows": [_row(base, *row) for row in rows[:SHOWN]],
        "points": [(row[0], row[6], row[5]) for row in rows],
        "radius": NEAR_KM,
    }


def totals(version: str) -> Found:
    """Live structures of the whole site by kind, and what their lists lack at a content version; one query, no row."""
    counted = _count(Structure.objects.live())
    total = sum(count for _, count, _ in counted)
    return Found(
        total,
        number(total),
        plural(total, "structure"),
        counts(counted, {}),
        [],
        [],
        reverse("structures:list"),
        last_update(counted),
        notes_for((), version),
        "",
    )


def by_department() -> Mapping[int, int]:
    """Number of live structures by primary key of the department; one query."""
    rows = (
        Structure.objects.live()
        .filter(commune__outer_links__outer__kind=TerritoryKind.DEPARTMENT)
        .order_by()
        .values_list("commune__outer_links__outer")
        .annotate(Count("pk"))
    )
    return dict(rows)


def _count(structures: QuerySet[Structure]) -> list[tuple[str, int, datetime]]:
    """(kind, number, last change) in the order of importance."""
    found = structures.order_by().values_list("kind").annotate(Count("pk"), Max("updated_at"))
    order = {kind: rank for rank, kind in enumerate(IMPORTANCE)}
    return sorted(found, key=lambda row: order[row[0]])


def _counted(rows: Iterable[tuple[str, datetime]]) -> list[tuple[str, int, datetime]]:
    """What `_count` gives, from the (kind, last change) of rows in the order of importance of their kinds."""
    by_kind = defaultdict(list)
    for kind, changed in rows:
        by_kind[kind].append(changed)
    return [(kind, len(by_kind[kind]), max(by_kind[kind])) for kind in IMPORTANCE if kind in by_kind]


def counts(counted: Iterable[tuple[str, int, datetime]], filters: Mapping[str, str]) -> list[dict]:
    """Counts by kind as links to the list with the same filters."""
    base = reverse("structures:list")
    return [
        {
            "kind": kind,
            "label": SHORT_LABELS[Kind(kind)],
            "number": number(count),
            "href": f"{base}?{urlencode({**filters, 'type': kind})}",
        }
        for kind, count, _ in counted
    ]


def last_update(counted: Iterable[tuple[str, int, datetime]]) -> str:
    """Day of the last change of these sheets, in French; empty without any."""
    instants = [changed for _, _, changed in counted]
    return long_date(timezone.localdate(max(instants))) if instants else ""


def _by_importance(structures: QuerySet[Structure]) -> QuerySet[Structure]:
    hospitals = [
        When(rank=rank, then=Value(order - len(IMPORTANT_RANKS))) for order, rank in enumerate(IMPORTANT_RANKS)
    ]
    kinds = [When(kind=kind, then=Value(order)) for order, kind in enumerate(IMPORTANCE)]
    return structures.order_by(Case(*hospitals, *kinds, output_field=IntegerField()), "search_text", "pk")


def _row(base, kind, name, slug, _commune, place, _latitude, _longitude, coordinate_source, distance=None) -> dict:
    approximate = coordinate_source in APPROXIMATE
    return {
        "kind": kind,
        "label": SHORT_LABELS[Kind(kind)],
        "name": name,
        "href": f"{base}{slug}/",
        "place": place,
        "distance": "" if distance is None else kilometres(distance, approximate=approximate),
    }


def kilometres(distance: float, *, approximate: bool) -> str:
    """`à 3,2 km à vol d'oiseau`, rounded to a kilometre where the position is not that of the building."""
    if approximate:
        return f"à environ {max(1, round(distance))}{NBSP}km à vol d'oiseau"
    return f"à {number(distance, 1)}{NBSP}km à vol d'oiseau"
