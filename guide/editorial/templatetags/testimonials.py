"""What the testimonials add to the pages of lower apps; each asks its queries once per content version."""

from collections.abc import Callable

from django import template

from guide.editorial.testimonials import here
from guide.publishing.kept import kept, version_of

register = template.Library()
TEMPLATE = "testimonials/_here.html"


@register.inclusion_tag(TEMPLATE, takes_context=True)
def testimonials_here(context, territory_id: int) -> dict:
    """`{% testimonials_here territory.pk %}`: those of a place, else of the places that hold it; maybe nothing."""
    version = version_of(context.get("request"))
    return _kept(version, f"place:{territory_id}", lambda: here.of_place(territory_id, version))


@register.inclusion_tag(TEMPLATE, takes_context=True)
def testimonials_for_option(context, slug: str) -> dict:
    """`{% testimonials_for_option option.slug %}`: those of a way to practise; maybe nothing."""
    return _kept(version_of(context.get("request")), f"option:{slug}", lambda: here.of_option(slug))


@register.inclusion_tag(TEMPLATE, takes_context=True)
def testimonials_of_structure(context, structure_id: int) -> dict:
    """`{% testimonials_of_structure pk %}`: those of a structure; maybe nothing."""
    return _kept(
        version_of(context.get("request")), f"structure:{structure_id}", lambda: here.of_structure(structure_id)
    )


@register.inclusion_tag(TEMPLATE, takes_context=True)
def testimonials_featured(context) -> dict:
    """`{% testimonials_featured %}`: the last ones, for the home page."""
    return _kept(version_of(context.get("request")), "featured", here.featured)


def _kept(version: str, name: str, build: Callable[[], dict]) -> dict:
    return kept(version, f"testimonials:{name}", build)
