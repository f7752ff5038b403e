"""Inclusion tags that other pages use: zonings of a commune."""

from datetime import date

from django import template
from django.conf import settings

from guide.territories import zoning_words, zonings

register = template.Library()


@register.inclusion_tag("territories/_zoning_stack.html")
def zoning_stack(commune_id: int, day: date | None = None) -> dict:
    """Zonings of a commune (primary key) on `day` (default: today): `{% zoning_stack commune_id %}`, one query."""
    states = zonings.stack(commune_id, day)
    return {"states": [zoning_words.describe(state, settings.ZONING_MAP_URL) for state in states]}
