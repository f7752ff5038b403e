"""What the contacts add to the pages of lower apps."""

from django import template
from django.core.cache import cache

from guide.desk import here
from guide.desk.directory import KEPT
from guide.publishing import content_version

register = template.Library()


@register.inclusion_tag("desk/_here.html", takes_context=True)
def contacts_here(context, territory_id: int) -> dict:
    """`{% contacts_here territory.pk %}`: the first three bodies to call about a place, and the way to the others.

    Three queries the first time, none as long as the content version holds.
    """
    version = _version(context)
    return cache.get_or_set(f"desk:{version}:place:{territory_id}", lambda: here.of_place(territory_id, version), KEPT)


@register.inclusion_tag("desk/_for_subject.html", takes_context=True)
def contacts_for(context, subject: str) -> dict:
    """`{% contacts_for "aides" %}`: bodies of the whole region for a subject (guide.desk.vocabulary.Subject)."""
    return here.of_subject(subject, _version(context))


def _version(context) -> str:
    return getattr(context.get("request"), "content_version", None) or content_version.current()
