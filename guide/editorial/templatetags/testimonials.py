"""What the testimonials add to the pages of lower apps."""

from django import template

from guide.core.content_version import version_of
from guide.editorial.testimonials import related

register = template.Library()
TEMPLATE = "testimonials/_here.html"


@register.inclusion_tag(TEMPLATE, takes_context=True)
def testimonials_here(context, territory_id: int) -> dict:
    """`{% testimonials_here territory.pk %}`: those of a place, else of the places that hold it; maybe nothing."""
    return related.of_place(territory_id, version_of(context.get("request")))


@register.inclusion_tag(TEMPLATE, takes_context=True)
def testimonials_for_option(context, slug: str) -> dict:
    """`{% testimonials_for_option option.slug %}`: those of a way to practise; maybe nothing."""
    return related.of_option(slug, version_of(context.get("request")))


@register.inclusion_tag(TEMPLATE, takes_context=True)
def testimonials_of_structure(context, structure_id: int) -> dict:
    """`{% testimonials_of_structure pk %}`: those of a structure; maybe nothing."""
    return related.of_structure(structure_id, version_of(context.get("request")))


@register.inclusion_tag(TEMPLATE, takes_context=True)
def testimonials_featured(context) -> dict:
    """`{% testimonials_featured %}`: the last ones, for the home page."""
    return related.featured(version_of(context.get("request")))
