"""Forms of the aid, in the order of its public page, of its incompatibilities and of the golden cases."""

from django import forms

from aids.exchange.golden import ANSWERS
from aids.exchange.readers import Faults, yearly
from aids.models import Aid, AidCase, AidIncompatibility, AidStep, GoldenCase
from guide.backoffice.bases.parts import section

MAX_LINE = 1000


class LinesField(forms.CharField):
    """A list of texts, one on each line."""

    widget = forms.Textarea

    def prepare_value(self, value):
        return "\n".join(value) if isinstance(value, list | tuple) else value

    def to_python(self, value) -> list[str]:
        lines = [line.strip() for line in (super().to_python(value) or "").splitlines()]
        return [line for line in lines if line]

    def validate(self, value):
        if any(len(line) > MAX_LINE for line in value):
            raise forms.ValidationError(f"Une ligne compte plus de {MAX_LINE} caractères.")

    def run_validators(self, value):
        """Those of a text do not apply to a list."""

    def has_changed(self, initial, data):
        return list(initial or []) != self.to_python(data)


class AidForm(forms.ModelForm):
    """The sheet of an aid."""

    warnings = LinesField(label="à savoir", required=False, help_text="Une phrase par ligne.")

    class Meta:
        model = Aid
        fields = []  # those of the admin page's sections
        help_texts = {
            "code": "Adresse de la page et identité dans les fichiers : ne change plus ensuite.",
            "mark": "Une aide « à confirmer » n'est jamais annoncée comme accordée.",
            "summary": "Ce qu'on lit dans les listes : combien, pour qui, où.",
            "time_state": "« Annoncée » : texte d'application attendu. « Fermée » : avec sa date si elle est connue.",
            "closes_on": "Inclus. L'aide passe à « close » le lendemain, sans autre action.",
            "generic": "L'aide nationale que celle-ci remplace là où elle est ouverte.",
            "commitment_as_paid": "La durée ci-dessus est alors un minimum.",
            "exit_kind": "Laissez vide si aucune source ne le dit : la page affiche « non renseigné ».",
            "verified_on": "Jour où quelqu'un a relu les sources.",
        }

    def clean(self):
        cleaned = super().clean()
        seen, generic = {self.instance.pk}, cleaned.get("generic")
        while generic is not None:
            if generic.pk in seen:
                self.add_error("generic", "Ces aides seraient variantes les unes des autres.")
                break
            seen.add(generic.pk)
            generic = generic.generic
        return cleaned


class CaseForm(forms.ModelForm):
    """One case, on its own page."""

    class Meta:
        model = AidCase
        fields = ["code", "label", "mark", "position"]


class StepForm(forms.ModelForm):
    """A step of the application."""

    class Meta:
        model = AidStep
        fields = ["title", "text", "offset_days", "month", "day", "mark", "position"]

    def clean(self):
        cleaned = super().clean()
        month, day, faults = cleaned.get("month"), cleaned.get("day"), Faults()
        if month and day:
            yearly(f"{month:02}-{day:02}", "", faults)
        if faults:
            self.add_error("day", "Ce jour n'existe pas dans ce mois.")
        return cleaned


class IncompatibilityForm(forms.ModelForm):
    """Two aids, in any order."""

    class Meta:
        model = AidIncompatibility
        fields = ["first", "second", "note", "mark"]
        labels = {"first": "une aide", "second": "ne va pas avec"}

    def clean(self):
        """Order the pair as the table keeps it."""
        cleaned = super().clean()
        first, second = cleaned.get("first"), cleaned.get("second")
        if first and second and first.pk == second.pk:
            self.add_error("second", "Une aide n'est pas incompatible avec elle-même.")
        elif first and second and first.pk > second.pk:
            cleaned["first"], cleaned["second"] = second, first
        return cleaned


class GoldenCaseForm(forms.ModelForm):
    """A golden case; its answers are those of the exchange file."""

    class Meta:
        model = GoldenCase
        fields = ["title", "position", "answers"]
        help_texts = {
            "answers": (
                'Exemple : {"jour": "2026-06-01", "profils": ["primo-installe"], "modes": ["liberal"], '
                '"secteur": "secteur-1", "departement": "36", "zone": "ZIP"}. Clés : docs/aids-format.md.'
            )
        }

    def clean_answers(self):
        faults = Faults()
        answers = ANSWERS(self.cleaned_data["answers"], "", faults)
        if faults:
            raise forms.ValidationError([str(fault) for fault in faults])
        return answers


FIELDSETS = [
    section("Ce que c'est", "name code funder form mark summary description warnings", ""),
    section(
        "Pour qui", "audience sentences legal_reference", "En mots ; les règles que le simulateur lit sont plus bas."
    ),
    section("Quand", "time_state opens_on closes_on dates_note replaced_by", "Premier et dernier jours sont inclus."),
    section(
        "Engagement",
        "commitment_text commitment_months commitment_as_paid commitment_after_studies commitment_mark",
        "",
    ),
    section(
        "Départ anticipé",
        "exit_kind exit_text exit_penalty_per_month exit_penalty_minimum exit_penalty_after_degree exit_mark",
        "En euros. Ce que dit le texte de l'engagement, jamais une supposition.",
    ),
    section("Autres aides", "generic incompatible", ""),
    section(
        "Publication",
        "status publish_at unpublish_at verified_on verify_every responsible collection missing_since "
        "created_by created_at updated_by updated_at",
        "Un changement qui modifie le verdict d'un cas type est d'abord montré ; rien n'est écrit avant confirmation.",
        "last",
    ),
]
