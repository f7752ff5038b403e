"""What the structures add to the pages of lower apps."""

from collections.abc import Iterable

from django import template

from guide.core.content_version import kept, version_of
from guide.core.french import plural
from guide.territories.models import Territory
from structures import structures_of_place
from structures.structures_of_place import StructuresFound, care_distances

register = template.Library()
# {% structures_near territory as around %}, {% care_distances territory figures.own as distances %}
register.simple_tag(structures_of_place.structures_near)
register.simple_tag(care_distances)


@register.simple_tag(takes_context=True)
def structures_in(context, territory: Territory) -> StructuresFound:
    """Structures of a place, for a section and for the dots of a map: `{% structures_in territory as found %}`."""
    return structures_of_place.structures_in(territory, version_of(context.get("request")))


@register.simple_tag(takes_context=True)
def structures_total(context) -> StructuresFound:
    """Counts of the whole site by kind: `{% structures_total as totals %}`."""
    version = version_of(context.get("request"))
    return kept(version, "structures-total", lambda: structures_of_place.structures_total(version))


@register.simple_tag
def with_structures(cards: Iterable[dict]) -> list[dict]:
    """Cards of departments ("pk") with "structures", a text: `{% with_structures cards as cards %}`."""
    numbers = structures_of_place.count_by_department()
    return [card | {"structures": plural(numbers.get(card["pk"], 0), "structure")} for card in cards]


@register.filter
def plus_points(points: list, others: list) -> list:
    """Two lists of dots as one."""
    return [*points, *others]
