"""What the aids add to the pages of places and structures."""

from typing import Any

from django import template
from django.core.cache import cache

from aids import here
from guide.publishing import content_version

register = template.Library()
KEPT_FOR = 3600


@register.inclusion_tag("aids/_here.html", takes_context=True)
def aids_here(context, territory_id: int, structure_kind: str = "") -> dict[str, Any]:
    """Aids that apply in a place (primary key): `{% aids_here territory.pk %}`.

    On the sheet of a structure: `{% aids_here commune_id kind %}`, without the aids that its kind rules out.
    Four queries at most the first time, none as long as the content version holds.
    """
    version = getattr(context.get("request"), "content_version", None) or content_version.current()
    key = f"aids-here-{version}-{territory_id}-{structure_kind}"
    return cache.get_or_set(key, lambda: here.context(territory_id, structure_kind), KEPT_FOR)
