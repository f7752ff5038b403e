"""Admin page of the ways to practise: its texts in the order of the public page, then what hangs on it."""

from django import forms
from django.contrib import admin

from guide.backoffice.bases.parts import PUBLICATION, InSourceFilter, section
from guide.editorial.admin.base import SOURCES, EditorialAdmin
from guide.editorial.forms import HELP, lost_citations
from guide.editorial.models import PracticeFit, PracticeKind, PracticeOption, PracticePoint, PracticeStep
from guide.editorial.practice.detail import TEXTS


class PlainTextForm(forms.ModelForm):
    """A child row whose `text` has no markup, but may cite sources by their code."""

    def clean_text(self) -> str:
        text = self.cleaned_data["text"]
        if lost := lost_citations(text):
            raise forms.ValidationError(f"Source inconnue\u00a0: {', '.join(lost)}.")
        return text


class KindInline(admin.TabularInline):
    """Kinds of structures where one practises so."""

    model = PracticeKind
    extra = 0
    verbose_name_plural = "types de structures (la page les compte et les place sur la carte)"


class StepInline(admin.TabularInline):
    """Steps."""

    model = PracticeStep
    form = PlainTextForm
    extra = 0
    fields = ["position", "title", "text", "duration"]
    verbose_name_plural = "étapes (sans durée connue, la page dit «\u00a0non renseignée\u00a0»)"


class PointInline(admin.TabularInline):
    """Points of the comparison."""

    model = PracticePoint
    form = PlainTextForm
    extra = 0
    verbose_name_plural = "points comparés (une phrase courte, un critère à la fois)"


class FitInline(admin.TabularInline):
    """What the answers of the questionnaire say of the option."""

    model = PracticeFit
    extra = 0
    verbose_name_plural = "réponses du questionnaire (de 2, tout à fait pour, à -2, tout à fait contre)"


@admin.register(PracticeOption)
class PracticeOptionAdmin(EditorialAdmin):
    """Ways to practise."""

    perimeter_path = None
    rich_texts = ("body", *TEXTS)
    list_display = ["title", "family", "position", "status", "verified_on"]
    list_filter = ["family", "status", ("missing_since", InSourceFilter)]
    inlines = [StepInline, PointInline, KindInline, FitInline]
    fieldsets = [
        section("Présentation", "title slug summary family position"),
        section("Ce que c'est, et pour qui", "body audience", HELP),
        section("Le temps qui passe", "day week"),
        section("Les bons et les mauvais côtés", "advantages drawbacks"),
        section(
            "Aides et contacts",
            "simulator_mode aids_note who_to_call",
            "Le mode remplit le simulateur et fait la liste des aides qui en dépendent. "
            "Sans mode, la page ne montre que votre texte.",
        ),
        SOURCES,
        PUBLICATION,
    ]
