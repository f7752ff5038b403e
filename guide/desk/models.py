"""Bodies that help a doctor, and what is known of the way to reach them."""

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q

from aids.vocabulary import Profile
from guide.core.models import Publishable, Sourced
from guide.desk.vocabulary import BodyKind, Subject
from guide.territories.models import Territory


def _known(codes: list[str], choices: type[models.TextChoices]) -> None:
    unknown = [code for code in codes if code not in choices.values] if isinstance(codes, list) else ["?"]
    if unknown or len(set(codes)) < len(codes):
        raise ValidationError(f"Liste de codes incorrecte : {', '.join(map(str, unknown)) or 'un code est répété'}.")


def known_subjects(codes: list[str]) -> None:
    """Validator: a list of codes of Subject, each once."""
    _known(codes, Subject)


def known_profiles(codes: list[str]) -> None:
    """Validator: a list of codes of aids.vocabulary.Profile, each once."""
    _known(codes, Profile)


class ContactBody(Publishable, Sourced):
    """A body to call. Without territory it serves the whole region; without subject or profile, all of them.

    Phone, e-mail, site, address and hours stay empty when they are not known: the page says so.
    """

    code = models.SlugField("code", max_length=60, unique=True)
    name = models.CharField("nom", max_length=200)
    kind = models.CharField("type d'organisme", max_length=12, choices=BodyKind.choices)
    summary = models.TextField("ce qu'il fait, et quand l'appeler", max_length=600, blank=True)
    territories = models.ManyToManyField(Territory, blank=True, related_name="+", verbose_name="territoires")
    subjects = models.JSONField("sujets", default=list, blank=True, validators=[known_subjects])
    profiles = models.JSONField("profils", default=list, blank=True, validators=[known_profiles])
    phone = models.CharField("téléphone", max_length=30, blank=True)
    email = models.EmailField("courriel", blank=True)
    website = models.URLField("site internet", max_length=300, blank=True)
    address = models.CharField("adresse", max_length=300, blank=True)
    hours = models.CharField("horaires", max_length=200, blank=True)
    missing_since = models.DateField("fichier absent depuis", null=True, blank=True, editable=False)

    class Meta(Publishable.Meta):
        verbose_name = "contact"
        ordering = ["name", "pk"]
        constraints = [
            *Publishable.Meta.constraints,
            models.CheckConstraint(name="desk_contact_kind", condition=Q(kind__in=BodyKind.values)),
            models.CheckConstraint(
                name="desk_contact_source",
                condition=Q(source__gt=""),
                violation_error_message="Un contact dit d'où viennent ses coordonnées.",
            ),
        ]

    def __str__(self):
        return self.name
