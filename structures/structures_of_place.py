"""Structures of a place, or of the whole site, as other pages show them: counts by kind, first rows, dots of a map."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import NamedTuple
from urllib.parse import urlencode

from django.db.models import Count, Max, QuerySet
from django.urls import reverse
from django.utils import timezone

from guide.core.french import NBSP, long_date, number, plural
from guide.territories.cog import inside
from guide.territories.comparison import Cell, Column, ComparedGroup, ComparedRow, figure_rows
from guide.territories.enums import TerritoryKind
from guide.territories.figures import Figures
from guide.territories.models import Territory
from structures.computed.definitions import CODES, DISTANCES, INCOMPLETE
from structures.enums import APPROXIMATE, IMPORTANCE, SHORT_LABELS, Kind
from structures.listing import Note, notes_for
from structures.models import NearestStructure, Structure

SHOWN = 10
SHOWN_IN_COMMUNE = 6  # beside as many around it
MAX_DOTS = 1000
NEAR_KM = 20
COLUMNS = ("kind", "name", "slug", "commune__name", "latitude", "longitude", "coordinate_source")
Dot = tuple[str, float, float]


class KindCount(NamedTuple):
    """How many structures of a kind there are, and when one of their sheets last changed."""

    kind: str
    count: int
    changed: datetime


@dataclass(frozen=True)
class StructuresFound:
    """Structures of a place, ready to print. `filters` is the query of the list that shows them all.

    `points` are (kind, longitude, latitude) for a map; `where` is the place in words: "dans l'Indre".
    """

    by_kind: Sequence[KindCount]
    filters: Mapping[str, str]
    notes: Sequence[Note]
    rows: Sequence[dict] = ()
    points: Sequence[Dot] = ()
    where: str = ""

    @property
    def total(self) -> int:
        return sum(one.count for one in self.by_kind)

    @property
    def number(self) -> str:
        return number(self.total)

    @property
    def title(self) -> str:
        return plural(self.total, "structure")

    @property
    def hidden(self) -> int:
        return self.total - len(self.rows)

    @property
    def href(self) -> str:
        return self._list_address()

    @cached_property
    def counts(self) -> list[dict]:
        """Counts by kind as links to the list of that kind."""
        return [
            {
                "kind": kind,
                "label": SHORT_LABELS[Kind(kind)],
                "number": number(count),
                "href": self._list_address(type=kind),
            }
            for kind, count, _ in self.by_kind
        ]

    @cached_property
    def updated(self) -> str:
        """Day of the last change of these sheets, in French; "" without any sheet."""
        return long_date(timezone.localdate(max(one.changed for one in self.by_kind))) if self.by_kind else ""

    def _list_address(self, **more: str) -> str:
        query = urlencode({**self.filters, **more})
        return f"{reverse('structures:list')}{'?' if query else ''}{query}"


def structures_in(territory: Territory, version: str) -> StructuresFound:
    """Live structures of a place: exact counts, the first ones, dots (at most MAX_DOTS).

    The notes on their lists are those of a content version.
    """
    live = Structure.objects.live().in_territory(territory.pk)
    found = list(live.order_by("list_order", "pk").values(*COLUMNS, "updated_at")[:MAX_DOTS])
    by_kind = _counted(found) if len(found) < MAX_DOTS else _count(live)
    return StructuresFound(
        by_kind,
        {"territoire": territory.slug},
        notes_for([one.kind for one in by_kind], version) if by_kind else [],
        [_row(one) for one in found[: SHOWN_IN_COMMUNE if territory.kind == TerritoryKind.COMMUNE else SHOWN]],
        _dots(found),
        inside(territory.kind, territory.code, territory.name),
    )


def structures_near(territory: Territory) -> dict | None:
    """Nearest live structures within NEAR_KM of a commune, outside of it, with their distance.

    None for a wider place, or one without position: "around" has no meaning there.
    """
    if territory.kind != TerritoryKind.COMMUNE or territory.latitude is None:
        return None
    near = Structure.objects.live().near(territory.latitude, territory.longitude, NEAR_KM)
    nearest = near.exclude(commune=territory.pk).order_by("distance_km", "pk")
    found = list(nearest.values(*COLUMNS, "distance_km")[: SHOWN * 10])
    return {"rows": [_row(one) for one in found[:SHOWN_IN_COMMUNE]], "points": _dots(found), "radius": NEAR_KM}


def structures_total(version: str) -> StructuresFound:
    """Live structures of the whole site by kind, and what their lists lack at a content version."""
    return StructuresFound(_count(Structure.objects.live()), {}, notes_for((), version))


def count_by_department() -> Mapping[int, int]:
    """Number of live structures by primary key of the department."""
    inside = Structure.objects.live().filter(commune__outer_links__outer__kind=TerritoryKind.DEPARTMENT)
    return dict(inside.order_by().values_list("commune__outer_links__outer").annotate(Count("pk")))


def _count(structures: QuerySet[Structure]) -> list[KindCount]:
    found = structures.order_by().values_list("kind").annotate(Count("pk"), Max("updated_at"))
    return sorted((KindCount(*row) for row in found), key=lambda one: IMPORTANCE.index(one.kind))


def _counted(found: Iterable[dict]) -> list[KindCount]:
    """What `_count` gives, from rows that are all those there are: a page of a place reads them anyway."""
    changes = defaultdict(list)
    for one in found:
        changes[one["kind"]].append(one["updated_at"])
    return [KindCount(kind, len(changes[kind]), max(changes[kind])) for kind in IMPORTANCE if kind in changes]


def _dots(found: Iterable[dict]) -> list[Dot]:
    return [(one["kind"], one["longitude"], one["latitude"]) for one in found if one["latitude"] is not None]


def _row(found: dict) -> dict:
    km = found.get("distance_km")
    return {
        "kind": found["kind"],
        "label": SHORT_LABELS[Kind(found["kind"])],
        "name": found["name"],
        "href": reverse("structures:detail", args=[found["slug"]]),
        "place": found["commune__name"],
        "distance": "" if km is None else as_the_crow_flies(km, approximate=found["coordinate_source"] in APPROXIMATE),
    }


def as_the_crow_flies(km: float, *, approximate: bool) -> str:
    """`à 3,2 km à vol d'oiseau`, rounded to a kilometre where the position is not that of the building."""
    if approximate:
        return f"à environ {max(1, round(km))}{NBSP}km à vol d'oiseau"
    return f"à {number(km, 1)}{NBSP}km à vol d'oiseau"


def care_distances(territory: Territory, figures: Mapping[str, dict]) -> list[dict]:
    """One row for each computed distance that the place has; `figures` are its figures by code.

    The nearest structure is named for a commune alone; a structure that has closed since is not.
    """
    nearest = _nearest(territory) if territory.kind == TerritoryKind.COMMUNE else {}
    found = []
    for definition in DISTANCES:
        figure = figures.get(definition.code)
        if figure is None:
            continue
        structure = nearest.get(definition.code)
        is_inside = structure is not None and structure.commune_id == territory.pk
        found.append(
            {
                "code": definition.code,
                "label": definition.short,
                "text": "Sur place" if is_inside else figure["text"],
                "name": structure.name if structure else "",
                "href": reverse("structures:detail", args=[structure.slug]) if structure else "",
                "year": figure["year"],
                "source": figure["source"],
                "note": definition.note,
            }
        )
    return found


def _nearest(territory: Territory) -> dict[str, Structure]:
    links = NearestStructure.objects.filter(territory=territory, structure__in=Structure.objects.live())
    return {link.indicator: link.structure for link in links.select_related("structure")}


def care_groups(compared: Sequence[Column], found: Figures) -> list[ComparedGroup]:
    """Live structures by kind, then computed distances. A kind that no place has is left out."""
    keys = [column.pk for column in compared]
    counts: dict[str, Counter[int]] = defaultdict(Counter)
    rows = (
        Structure.objects.live()
        .filter(commune__outer_links__outer__in=keys)
        .order_by()
        .values_list("kind", "commune__outer_links__outer")
        .annotate(Count("pk"))
    )
    for kind, pk, count in rows:
        counts[kind][pk] = count
    totals = [sum(by_place[pk] for by_place in counts.values()) for pk in keys]
    care = [ComparedRow("Structures recensées", [Cell(number(total)) for total in totals])]
    care += [
        ComparedRow(SHORT_LABELS[kind], [Cell(number(counts[kind][pk])) for pk in keys])
        for kind in IMPORTANCE
        if kind in counts
    ]
    distances = figure_rows(compared, found, lambda indicator: indicator.code in CODES, INCOMPLETE)
    groups = [
        ComparedGroup(
            "Offre de soins",
            care,
            f"Structures que ce guide recense{NBSP}: les listes ne sont pas encore complètes, et 0 ne veut pas dire "
            "qu'il n'y en a pas. Chaque fiche donne sa source et sa date.",
        )
    ]
    if distances:
        groups.append(ComparedGroup("Distances", distances))
    return groups
