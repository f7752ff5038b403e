"""What the aids add to the pages of places and structures."""

from typing import Any

from django import template

from aids import here

register = template.Library()


@register.inclusion_tag("aids/_here.html")
def aids_here(territory_id: int, structure_kind: str = "") -> dict[str, Any]:
    """Aids that apply in a place (primary key): `{% aids_here territory.pk %}`; four queries at most, warm.

    On the sheet of a structure: `{% aids_here commune_id kind %}`, without the aids that its kind rules out.
    """
    return here.context(territory_id, structure_kind)
