"""What the map page adds to the list: a drawing for those without JavaScript, a legend, the map's settings.

The form of a structure has a small map with the same settings.
"""

from collections.abc import Sequence
from typing import Any, NamedTuple

from django.conf import settings
from django.db.models import Max, Min
from django.template.loader import render_to_string
from django.urls import reverse

from guide.core.content_version import kept
from guide.territories.enums import TerritoryKind
from guide.territories.maps import Drawing, Shape, draw, with_dots, with_labels
from guide.territories.models import Territory
from guide.territories.positions import union
from structures.enums import KINDS_BY_GROUP, SHORT_LABELS
from structures.search import StructureSearch

FRANCE = (-5.2, 41.3, 9.6, 51.1)  # [west, south, east, north] of the mainland, while no territory is loaded
# Filters that a search of a place keeps; those of places, boxes and pages give way to it.
KEPT_FILTERS = ("type", "mode", "specialite", "recrute", "stage", "q")
MAX_DOTS = 1_500
TOO_MANY = "Trop de structures pour les placer toutes sur ce dessin : choisissez des filtres pour les voir."
ATTRIBUTION = "Contours\u00a0: IGN, INSEE"


class Ground(NamedTuple):
    """Departments as the server draws them, their names at (text, longitude, latitude), and the box in degrees."""

    shapes: tuple[Shape, ...]
    names: tuple[tuple[str, float, float], ...]
    box: Sequence[float]


def links_of_the_map(search: StructureSearch) -> dict:
    """Links of the results that differ on the map page."""
    return {
        "breadcrumb": [("Carte", "")],
        "map_address": "",
        "list_address": search.address(reverse("structures:list")),
    }


def map_context(search: StructureSearch, version: str) -> dict:
    """Additions to the context of structures/map.html."""
    ground = kept(version, "map-drawing", _ground)
    drawing, caption = _drawing(search, ground)
    return {
        "drawing": drawing,
        "caption": caption,
        "legend": LEGEND,
        "kept": [(name, value) for name in KEPT_FILTERS for value in search.values.get(name, [])],
        **_map_settings(ground.box),
    }


def position_map() -> str:
    """The map by which an editor places a structure; static/js/admin-position.js starts it."""
    communes = Territory.objects.live().of_kind(TerritoryKind.COMMUNE).filter(latitude__isnull=False)
    edges = communes.aggregate(Min("longitude"), Min("latitude"), Max("longitude"), Max("latitude")).values()
    box = FRANCE if None in edges else tuple(edges)
    return render_to_string("admin/structures/position_map.html", _map_settings(box))


def _map_settings(box: Sequence[float]) -> dict[str, Any]:
    """What the scripts of a map read, which opens on `box`."""
    return {
        "box": ",".join(map(str, box)),
        "min_zoom": settings.LEAFLET_CONFIG["MIN_ZOOM"],
        "max_zoom": settings.LEAFLET_CONFIG["MAX_ZOOM"],
        "tiles": settings.TILE_URL,
        "tiles_attribution": settings.TILE_ATTRIBUTION,
        "attribution": ATTRIBUTION,
    }


def _ground() -> Ground:
    departments = Territory.objects.live().of_kind(TerritoryKind.DEPARTMENT).filter(contour__isnull=False)
    columns = ("name", "longitude", "latitude", "bbox", "contour__path_coarse")
    rows = list(departments.order_by("code").values_list(*columns))
    return Ground(
        tuple(Shape(path, name) for name, _, _, _, path in rows),
        tuple((name, longitude, latitude) for name, longitude, latitude, *_ in rows if longitude is not None),
        union(box for *_, box, _ in rows if box) or FRANCE,
    )


def _drawing(search: StructureSearch, ground: Ground) -> tuple[Drawing, str]:
    """The drawing and what is written under it. More dots than an eye can tell apart are not drawn at all."""
    positions = search.unsorted().placed().order_by().values_list("kind", "longitude", "latitude").distinct()
    dots = list(positions[: MAX_DOTS + 1])
    description = f"{search.description}. La liste de cette page nomme chaque structure."
    drawing = draw("carte", "Carte des structures", description, ground.box, ground.shapes)
    if len(dots) > MAX_DOTS:
        return with_labels(drawing, ground.names), f"{TOO_MANY} {ATTRIBUTION}."
    return with_labels(with_dots(drawing, dots), ground.names), f"{ATTRIBUTION}."


LEGEND = tuple(
    (group.label, tuple((kind.value, SHORT_LABELS[kind]) for kind in kinds)) for group, kinds in KINDS_BY_GROUP.items()
)
