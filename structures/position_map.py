"""The map by which an editor places a structure: the page's own ground, without any third party."""

from django.conf import settings
from django.db.models import Max, Min
from django.template.loader import render_to_string

from guide.territories.enums import TerritoryKind
from guide.territories.models import Territory
from structures.map_page import ATTRIBUTION, FRANCE

TEMPLATE = "admin/structures/position_map.html"


def position_map() -> str:
    """The map and its place search, started by static/js/admin-position.js; one query."""
    communes = Territory.objects.live().of_kind(TerritoryKind.COMMUNE).filter(latitude__isnull=False)
    west, south, east, north = communes.aggregate(
        west=Min("longitude"), south=Min("latitude"), east=Max("longitude"), north=Max("latitude")
    ).values()
    box = FRANCE if west is None else (west, south, east, north)
    context = {
        "attribution": ATTRIBUTION,
        "box": ",".join(map(str, box)),
        "max_zoom": settings.LEAFLET_CONFIG["MAX_ZOOM"],
        "min_zoom": settings.LEAFLET_CONFIG["MIN_ZOOM"],
        "tiles": settings.TILE_URL,
        "tiles_attribution": settings.TILE_ATTRIBUTION,
    }
    return render_to_string(TEMPLATE, context)
