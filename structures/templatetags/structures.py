"""What the structures add to the pages of lower apps."""

from collections.abc import Iterable, Mapping

from django import template

from guide.core.french import plural
from guide.core.kept import kept, version_of
from guide.territories.models import Territory
from structures import around, places

register = template.Library()


@register.simple_tag(takes_context=True)
def structures_in(context, territory: Territory) -> places.Found:
    """Structures of a place, for a section and for the dots of a map: `{% structures_in territory as found %}`."""
    return places.inside(territory, version_of(context.get("request")))


@register.simple_tag
def care_distances(territory: Territory, figures: Mapping[str, dict]) -> list[dict]:
    """What the guide computes of the care around a place, from its figures by code:
    `{% care_distances territory figures.own as distances %}`; one query for a commune, none for a wider place.
    """
    return around.rows(territory, figures)


@register.simple_tag
def structures_near(territory: Territory) -> dict:
    """Nearest structures around a commune: `{% structures_near territory as around %}`."""
    return places.near(territory)


@register.simple_tag(takes_context=True)
def structures_total(context) -> places.Found:
    """Counts of the whole site by kind: `{% structures_total as totals %}`; one query once per content version."""
    version = version_of(context.get("request"))
    return kept(version, "structures-total", lambda: places.totals(version))


@register.simple_tag
def with_structures(cards: Iterable[dict]) -> list[dict]:
    """Cards of departments ("pk") with "structures", a text: `{% with_structures cards as cards %}`."""
    numbers = places.by_department()
    return [card | {"structures": plural(numbers.get(card["pk"], 0), "structure")} for card in cards]


@register.filter
def plus_points(points: list, others: list) -> list:
    """Two lists of dots as one."""
    return [*points, *others]
