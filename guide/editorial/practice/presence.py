"""Where one practises so in the region: structures of the kinds of an option, counted, mapped and listed."""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from itertools import groupby
from typing import Any, NamedTuple
from urllib.parse import urlencode

from django.conf import settings
from django.db.models import Count
from django.urls import reverse

from guide.core.french import NBSP, joined, number, plural
from guide.territories import maps
from guide.territories.enums import TerritoryKind
from guide.territories.models import Containment, Territory
from structures.enums import PLURALS, SHORT_LABELS, Kind
from structures.listing import notes_for
from structures.models import Structure

SHOWN = 4  # structures listed for each department; the link leads to the others
ELSEWHERE = "Département non renseigné"
# Kinds whose label does not count: (one, several).
NOUNS = {Kind.UNSCHEDULED: ("lieu de soins non programmés", "lieux de soins non programmés")}


class DepartmentPresence(NamedTuple):
    """Structures of one department: the first ones, how many in all, and where all are; "" when all are shown."""

    title: str
    count: str
    structures: list[Structure]
    href: str


def of(kinds: Collection[str], version: str) -> dict[str, Any] | None:
    """What practice/_presence.html prints of the live structures of these kinds, at a content version.

    `points` are (kind, longitude, latitude) for the map; `drawing` is None without a region.

    None for an option that no kind of structures shows.
    """
    if not kinds:
        return None
    found = list(
        Structure.objects.live()
        .of_kinds(kinds)
        .select_related("commune__parent")
        .order_by("commune__parent__name", "commune__parent__code", "search_text", "pk")
    )
    counts = Counter(structure.kind for structure in found)
    return {
        "sentence": sentence({kind: counts[kind] for kind in kinds}),
        "groups": [_group(department, list(rows), kinds) for department, rows in groupby(found, _department)],
        "drawing": _drawing(kinds),
        "points": [(one.kind, one.longitude, one.latitude) for one in found if one.latitude is not None],
        "notes": notes_for(kinds, version),
        "list_href": _address("structures:list", kinds),
        "map_href": _address("structures:map", kinds),
    }


def _department(structure: Structure) -> Territory | None:
    return structure.commune.parent


def counts_by_kind() -> dict[str, int]:
    """Number of live structures of each kind that has some."""
    return dict(Structure.objects.live().order_by().values_list("kind").annotate(Count("pk")))


def sentence(counts: Mapping[str, int]) -> str:
    """`112 MSP et 1 centre de santé`; kinds without any structure are left out, and none gives an empty text."""
    return joined(_counted(kind, count) for kind, count in counts.items() if count)


def _counted(kind: str, count: int) -> str:
    label = SHORT_LABELS[Kind(kind)]
    one = label if label.isupper() else label[:1].lower() + label[1:]
    singular, several = NOUNS.get(Kind(kind), (one, PLURALS[Kind(kind)]))
    return f"{number(count)} {singular if count == 1 else several}"


def _group(department: Territory | None, rows: list[Structure], kinds: Iterable[str]) -> DepartmentPresence:
    count = plural(len(rows), "structure")
    if department is None:
        return DepartmentPresence(ELSEWHERE, count, rows[:SHOWN], "")
    href = _address("structures:list", kinds, department.code) if len(rows) > SHOWN else ""
    return DepartmentPresence(f"{department.name} ({department.code})", count, rows[:SHOWN], href)


def _address(name: str, kinds: Iterable[str], department: str = "") -> str:
    pairs = [("type", kind) for kind in sorted(kinds)] + ([("departement", department)] if department else [])
    return f"{reverse(name)}?{urlencode(pairs)}"


def _drawing(kinds: Iterable[str]) -> maps.Drawing | None:
    """The departments of the region, each leading to the list of its structures."""
    inside = Containment.objects.filter(outer__kind=TerritoryKind.REGION, outer__code=settings.REGION).values("inner")
    places = Territory.objects.live().filter(pk__in=inside, kind__in=(TerritoryKind.REGION, TerritoryKind.DEPARTMENT))
    columns = ("kind", "code", "name", "longitude", "latitude", "bbox", "contour__path_coarse")
    rows = list(places.order_by("search_name", "code").values_list(*columns))
    region = next((row for row in rows if row[0] == TerritoryKind.REGION), None)
    departments = [row for row in rows if row[0] == TerritoryKind.DEPARTMENT and row[6]]
    if region is None or not region[5] or not departments:
        return None
    drawing = maps.draw(
        "carte",
        f"Où exercer ainsi{NBSP}: les départements de la région",
        f"Chaque département mène à la liste de ses structures{NBSP}; les points sont les structures.",
        region[5],
        [maps.Shape(path, name, _address("structures:list", kinds, code)) for _, code, name, *_, path in departments],
        outline=region[6] or "",
    )
    return maps.with_labels(drawing, [(row[2], row[3], row[4]) for row in departments if row[4] is not None])
