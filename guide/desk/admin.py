"""Admin page of the contacts, fields in the order of the card."""

from django import forms
from django.contrib import admin

from aids.vocabulary import Profile
from guide.backoffice.bases.parts import NEVER_TYPED, PUBLICATION, InSourceFilter, section
from guide.backoffice.bases.sheet import SheetAdmin
from guide.desk.models import ContactBody
from guide.desk.vocabulary import Subject


def _boxes(label: str, choices, help_text: str) -> forms.MultipleChoiceField:
    return forms.MultipleChoiceField(
        label=label, choices=choices, required=False, widget=forms.CheckboxSelectMultiple, help_text=help_text
    )


class ContactForm(forms.ModelForm):
    """A body; its lists of codes are ticked in boxes."""

    subjects = _boxes("Sujets", Subject.choices, "Sans aucun, l'organisme paraît pour tous les sujets.")
    profiles = _boxes("Profils", Profile.choices, "Sans aucun, l'organisme paraît pour tous les profils.")


@admin.register(ContactBody)
class ContactBodyAdmin(SheetAdmin):
    """Contacts."""

    form = ContactForm
    perimeter_path = "territories"
    list_display = ["name", "kind", "phone", "email", "status", "verified_on"]
    list_filter = ["kind", "status", ("missing_since", InSourceFilter)]
    list_per_page = 50
    search_fields = ["name", "code", "summary"]
    prepopulated_fields = {"code": ["name"]}
    autocomplete_fields = ["territories"]
    readonly_fields = NEVER_TYPED
    fieldsets = [
        section(
            "Qui",
            "name code kind summary",
            "Deux phrases suffisent\u00a0: ce que fait l'organisme, et quand l'appeler.",
        ),
        section(
            "Pour qui, pour quoi",
            "territories subjects profiles",
            "Sans territoire, l'organisme sert toute la région.",
        ),
        section(
            "Comment le joindre",
            "phone email website address hours",
            "Ce qui n'est pas connu reste vide\u00a0: la page dit «\u00a0non renseigné\u00a0».",
        ),
        section("Source", "source source_url source_date confidence"),
        PUBLICATION,
    ]
