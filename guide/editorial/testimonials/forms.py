"""The form by which a doctor offers a testimonial."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.text import capfirst

from aids.vocabulary import Mode, Specialty
from guide.editorial.testimonials import guard
from guide.editorial.testimonials.vocabulary import Stage
from guide.territories.enums import TerritoryKind
from guide.territories.models import Territory

MIN_TEXT, MAX_TEXT = 100, 4000  # letters
FIRST_YEAR = 1950
NO_LINK = "Écrivez sans lien ni adresse de site : la rédaction les refuse toujours."
WRONG = {"required": "Ce champ est obligatoire.", "invalid_choice": "Choisissez une réponse de la liste."}


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
        """No links, then the trap and the clock (guide/editorial/testimonials/guard.py)."""
        found = super().clean()
        for name in ("nom", "fonction", "texte"):
            if guard.holds_link(found.get(name, "")):
                self.add_error(name, NO_LINK)
        if found.get("site"):
            raise ValidationError("Laissez vide le champ marqué « ne pas remplir », puis envoyez de nouveau.")
        if wrong := guard.wrong_clock(found.get("depart", "")):
            raise ValidationError(wrong)
        return found

    def values(self) -> dict[str, Any]:
        found = self.cleaned_data
        return {
            "name": found["nom"],
            "role": found["fonction"],
            "specialty": found["specialite"],
            "mode": found["mode"],
            "stage": found["etape"],
            "territory": found["departement"],
            "arrival_year": found["annee"],
            "contact_email": found["courriel"],
            "text": found["texte"],
        }
