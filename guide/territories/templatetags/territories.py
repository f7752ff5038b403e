"""Inclusion tags of pages: zonings of a commune, server-drawn maps."""

from collections.abc import Iterable
from datetime import date

from django import template
from django.conf import settings

from guide.territories import maps, zoning_words, zonings
from guide.territories.maps import Drawing

register = template.Library()


@register.inclusion_tag("territories/_zoning_stack.html")
def zoning_stack(commune_id: int, day: date | None = None) -> dict:
    """Zonings of a commune (primary key) on `day` (default: today): `{% zoning_stack commune_id %}`, one query."""
    states = zonings.stack(commune_id, day)
    return {"states": [zoning_words.describe(state, settings.ZONING_MAP_URL) for state in states]}


@register.inclusion_tag("territories/_svg_map.html")
def svg_map(drawing: Drawing, points: Iterable[tuple[str, float, float]] = (), caption: str = "") -> dict:
    """Print a map, with dots at (kind, longitude, latitude): `{% svg_map drawing found.points caption %}`."""
    return {"drawing": maps.with_dots(drawing, points) if points else drawing, "caption": caption}
