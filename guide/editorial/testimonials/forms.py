"""The form by which a doctor offers a testimonial, and what keeps machines away from it.

No picture puzzle: a trap, a clock, a count, no links. None of it needs JavaScript or a third party, and a person who
trips on one is told what to do.
"""

import hashlib
import re
from datetime import timedelta
from typing import Any

from django import forms
from django.core import signing
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.text import capfirst

from aids.vocabulary import Mode, Specialty
from guide.core import attempts
from guide.editorial.enums import Stage
from guide.territories.enums import TerritoryKind
from guide.territories.models import Territory

# What is asked, in the order of the page, and how a testimonial calls it; other fields have their own place there.
ASKED = {
    "nom": "name",
    "fonction": "role",
    "specialite": "specialty",
    "departement": "territory",
    "mode": "mode",
    "etape": "stage",
    "annee": "arrival_year",
    "texte": "text",
    "courriel": "contact_email",
}
MIN_TEXT, MAX_TEXT = 100, 4000  # letters
FIRST_YEAR = 1950
NO_LINK = "Écrivez sans lien ni adresse de site : la rédaction les refuse toujours."
WRONG = {"required": "Ce champ est obligatoire.", "invalid_choice": "Choisissez une réponse de la liste."}
SHORTEST = 5  # seconds; nobody fills the form faster
LONGEST = 24 * 3600  # seconds; after a day the page is asked again
PER_HOUR = 5  # offers from one address
PERIOD = timedelta(hours=1)
_SALT = "guide.testimonial.form"
_LINK = re.compile(
    r"https?:|www\.|</?[a-z]|\[/?(?:url|link)|\b[\w-]+\.(?:com|fr|net|org|info|io|eu|ru|cn|biz|xyz|shop|top)\b",
    re.IGNORECASE,
)


def stamp() -> str:
    """The moment at which the form was given, signed."""
    return signing.TimestampSigner(salt=_SALT).sign("form")


def _wrong_clock(given: str) -> str:
    """Why the form came back at a wrong moment, in French; "" when it is right."""
    signer = signing.TimestampSigner(salt=_SALT)
    try:
        signer.unsign(given, max_age=LONGEST)
    except signing.BadSignature:
        return "Ce formulaire a expiré. Relisez votre texte, puis envoyez-le de nouveau."
    try:
        signer.unsign(given, max_age=SHORTEST)
    except signing.SignatureExpired:
        return ""
    return "Cet envoi est allé très vite. Relisez votre texte, attendez quelques secondes, puis envoyez-le."


def may_offer(address: str) -> bool:
    """Whether this network address has offers left in this hour."""
    return attempts.made(_key(address)) < PER_HOUR


def count_offer(address: str) -> None:
    """One more offer from this address; only its fingerprint is kept, for an hour."""
    attempts.count(_key(address), PERIOD)


def _key(address: str) -> str:
    secret = hashlib.sha256(signing.Signer(salt=_SALT).signature("address").encode()).digest()
    return f"testimonial-offers:{hashlib.blake2b(address.encode(), key=secret, digest_size=12).hexdigest()}"


def _choice(label: str, choices, *, help_text: str = "") -> forms.ChoiceField:
    every = [("", "Je préfère ne pas le dire"), *((value, capfirst(text)) for value, text in choices)]
    return forms.ChoiceField(label=label, choices=every, required=False, help_text=help_text, error_messages=WRONG)


class OfferForm(forms.Form):
    """What is asked, in the order of the page. `depart` is the signed clock, `site` the trap."""

    nom = forms.CharField(
        label="Le nom à publier",
        max_length=120,
        help_text="Votre nom, un prénom ou des initiales : c'est vous qui choisissez.",
        error_messages=WRONG,
    )
    fonction = forms.CharField(
        label="Votre fonction, et où vous exercez",
        max_length=200,
        required=False,
        help_text="Par exemple : généraliste en maison de santé, près de Bourges.",
    )
    specialite = _choice("Votre spécialité", Specialty.choices)
    departement = forms.ModelChoiceField(
        label="Le département",
        queryset=Territory.objects.none(),
        to_field_name="code",
        required=False,
        empty_label="Je préfère ne pas le dire",
        error_messages=WRONG,
    )
    mode = _choice("Votre façon d'exercer", Mode.choices)
    etape = _choice("Où en êtes-vous ?", Stage.choices)
    annee = forms.IntegerField(
        label="L'année de votre arrivée",
        required=False,
        min_value=FIRST_YEAR,
        error_messages={"invalid": "Écrivez une année en quatre chiffres."},
    )
    texte = forms.CharField(
        label="Votre témoignage",
        min_length=MIN_TEXT,
        max_length=MAX_TEXT,
        widget=forms.Textarea(attrs={"rows": 12}),
        help_text=f"De {MIN_TEXT} à {MAX_TEXT} signes, sans lien. Ne nommez aucun patient.",
        error_messages=WRONG,
    )
    courriel = forms.EmailField(
        label="Votre adresse électronique",
        required=False,
        help_text="Jamais publiée. Elle sert à vous répondre, et à vous envoyer le lien de retrait.",
        error_messages={"invalid": "Cette adresse est incomplète : elle s'écrit nom@exemple.fr."},
    )
    accord = forms.BooleanField(error_messages={"required": "Sans votre accord, rien ne peut être publié."})
    site = forms.CharField(required=False, max_length=200)
    depart = forms.CharField(required=False, max_length=200)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        departments = Territory.objects.live().of_kind(TerritoryKind.DEPARTMENT)
        self.fields["departement"].queryset = departments.order_by("search_name")
        this_year = timezone.localdate().year
        self.fields["annee"].max_value = this_year
        self.fields["annee"].validators.append(forms.fields.validators.MaxValueValidator(this_year))

    def clean(self) -> dict[str, Any]:
        found = super().clean()
        for name in ("nom", "fonction", "texte"):
            if _LINK.search(found.get(name, "")):  # an address of a site, or markup
                self.add_error(name, NO_LINK)
        if found.get("site"):
            raise ValidationError("Laissez vide le champ marqué « ne pas remplir », puis envoyez de nouveau.")
        if wrong := _wrong_clock(found.get("depart", "")):
            raise ValidationError(wrong)
        return found

    def values(self) -> dict[str, Any]:
        return {field: self.cleaned_data[name] for name, field in ASKED.items()}
