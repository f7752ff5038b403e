"""What the contacts add to the pages of lower apps."""

from django import template

from guide.desk import here
from guide.publishing.kept import kept, version_of

register = template.Library()


@register.inclusion_tag("desk/_here.html", takes_context=True)
def contacts_here(context, territory_id: int) -> dict:
    """`{% contacts_here territory.pk %}`: the first three bodies to call about a place, and the way to the others.

    Three queries the first time, none as long as the content version holds.
    """
    version = version_of(context.get("request"))
    return kept(version, f"contacts-place:{territory_id}", lambda: here.of_place(territory_id, version))


@register.inclusion_tag("desk/_for_subject.html", takes_context=True)
def contacts_for(context, subject: str) -> dict:
    """`{% contacts_for "aides" %}`: bodies of the whole region for a subject (guide.desk.vocabulary.Subject)."""
    return here.of_subject(subject, version_of(context.get("request")))
