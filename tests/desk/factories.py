"""Factories of the contacts."""

import factory

from guide.core.enums import Status
from guide.desk.models import ContactBody


class ContactBodyFactory(factory.django.DjangoModelFactory):
    """A published body of the whole region; pass `territories=[…]` for a nearer one."""

    class Meta:
        model = ContactBody
        skip_postgeneration_save = True

    status = Status.PUBLISHED
    code = factory.Sequence(lambda n: f"organisme-{n}")
    name = factory.Sequence(lambda n: f"Organisme {n}")
    kind = "autre"
    source = "Essai"
    source_date = "2026"

    @factory.post_generation
    def territories(self, create, places, **kwargs):
        if create:
            self.territories.set(places or [])
