"""What the contacts add to the pages of lower apps."""

from collections.abc import Iterable

from django import template

from guide.core.content_version import kept, version_of
from guide.desk import related
from guide.territories.places import Held

register = template.Library()


@register.inclusion_tag("desk/_here.html", takes_context=True)
def contacts_here(context, territory_id: int) -> dict:
    """`{% contacts_here territory.pk %}`: the first three bodies to call about a place, and the way to the others."""
    version = version_of(context.get("request"))
    found = kept(version, f"contacts-place:{territory_id}", lambda: related.of_place(territory_id, version))
    return dict(found)  # Django adds to the context of a tag


@register.inclusion_tag("desk/_for_subject.html", takes_context=True)
def contacts_for(context, subject: str) -> dict:
    """`{% contacts_for "aides" %}`: bodies of the whole region for a subject (guide.desk.vocabulary.Subject)."""
    return related.of_subject(subject, version_of(context.get("request")))


@register.inclusion_tag("desk/_compared.html", takes_context=True)
def contacts_compared(context, places: Iterable[Held], profile: str = "") -> dict:
    """`{% contacts_compared places profile %}`: whom to call first for each place of a comparison."""
    return {"calls": related.of_places(places, profile, version_of(context.get("request")))}
