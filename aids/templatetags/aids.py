"""What the aids add to pages: the aids of a place, and the long lists of choices of their forms."""

from collections.abc import Iterable
from typing import Any

from django import template
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from aids import aids_of_place
from guide.core.content_version import kept, version_of
from guide.territories.models import Territory

register = template.Library()
CHOSEN = format_html(" {}", "selected")


@register.inclusion_tag("aids/_here.html", takes_context=True)
def aids_here(context, territory: Territory, structure_kind: str = "") -> dict[str, Any]:
    """Aids that apply in a place: `{% aids_here territory %}`.

    On the sheet of a structure: `{% aids_here commune kind %}`, without the aids that its kind rules out.
    """
    version = version_of(context.get("request"))
    name = f"aids-here:{territory.pk}:{structure_kind}"
    found = kept(version, name, lambda: aids_of_place.context(territory, version, structure_kind))
    return dict(found)  # Django adds to the context of a tag


@register.simple_tag
def options(choices: Iterable[tuple]) -> SafeString:
    """The options of a select: `{% options field.options %}`; each choice is (value, label, chosen, count).

    Printed in one go: the forms of aids hold more than a hundred options, ten times slower in a template's loop.
    """
    return format_html_join(
        "",
        '<option value="{}"{}>{}{}</option>',
        (
            (value, CHOSEN if chosen else "", label, f" ({count})" if count else "")
            for value, label, chosen, count in choices
        ),
    )
