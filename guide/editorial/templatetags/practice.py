"""What the ways to practise add to the pages of lower apps."""

from django import template

from guide.core.content_version import kept, version_of
from guide.editorial.models import PracticeOption
from guide.editorial.practice import pages

register = template.Library()


@register.inclusion_tag("practice/_families.html", takes_context=True)
def practice_options(context) -> dict:
    """Links to all the ways to practise, by family: `{% practice_options %}`; nothing while none is published."""
    return {"groups": kept(version_of(context.get("request")), "practice-families", pages.families)}


@register.inclusion_tag("practice/_for_kind.html", takes_context=True)
def option_for_kind(context, kind: str) -> dict:
    """Links to what it is to practise in structures of a kind: `{% option_for_kind kind %}`, maybe none."""
    return {"links": kept(version_of(context.get("request")), f"practice-kind:{kind}", lambda: _links(kind))}


def _links(kind: str) -> list[tuple[str, str]]:
    found = PracticeOption.objects.live().of_kind(kind).in_order()
    return [(option.title, option.get_absolute_url()) for option in found]
