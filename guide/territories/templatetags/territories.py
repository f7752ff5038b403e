"""Inclusion tags of pages: zonings of a commune, server-drawn maps."""

from collections.abc import Iterable

from django import template

from guide.territories import maps, zoning_words
from guide.territories.maps import Drawing

register = template.Library()


@register.inclusion_tag("territories/_zoning_stack.html")
def zoning_stack(commune_id: int) -> dict:
    """Zonings of a commune (primary key) today: `{% zoning_stack commune_id %}`."""
    return {"states": zoning_words.of_commune(commune_id)}


@register.inclusion_tag("territories/_svg_map.html")
def svg_map(drawing: Drawing, points: Iterable[tuple[str, float, float]] = (), caption: str = "") -> dict:
    """Print a map, with dots at (kind, longitude, latitude): `{% svg_map drawing found.points caption %}`."""
    return {"drawing": maps.with_dots(drawing, points) if points else drawing, "caption": caption}
