"""Inclusion tags of pages: zonings of a commune, server-drawn maps, daily life in a place."""

from collections.abc import Iterable
from datetime import date

from django import template
from django.conf import settings
from django.core.cache import cache

from guide.publishing import content_version
from guide.territories import life, maps, zoning_words, zonings
from guide.territories.maps import Drawing
from guide.territories.models import Territory

register = template.Library()
KEPT_FOR = 3600


@register.inclusion_tag("territories/_zoning_stack.html")
def zoning_stack(commune_id: int, day: date | None = None) -> dict:
    """Zonings of a commune (primary key) on `day` (default: today): `{% zoning_stack commune_id %}`, one query."""
    states = zonings.stack(commune_id, day)
    return {"states": [zoning_words.describe(state, settings.ZONING_MAP_URL) for state in states]}


@register.inclusion_tag("territories/_svg_map.html")
def svg_map(drawing: Drawing, points: Iterable[tuple[str, float, float]] = (), caption: str = "") -> dict:
    """Print a map, with dots at (kind, longitude, latitude): `{% svg_map drawing found.points caption %}`."""
    return {"drawing": maps.with_dots(drawing, points) if points else drawing, "caption": caption}


@register.inclusion_tag("territories/_life.html", takes_context=True)
def life_here(context, territory: Territory) -> dict:
    """Daily life in a commune or a bassin de vie, nothing for other places: `{% life_here territory %}`.

    Two queries the first time, none as long as the content version holds.
    """
    if territory.kind not in life.KINDS:
        return life.NOTHING
    version = getattr(context.get("request"), "content_version", None) or content_version.current()
    return cache.get_or_set(f"life-{version}-{territory.pk}", lambda: life.context(territory), KEPT_FOR)
