"""Admin pages of the editorial sheets, fields in the order of the public page; rich texts are cleaned on every save,
and their citations name known sources."""

from django import forms
from django.contrib import admin
from django.core.exceptions import ValidationError
from django.utils.text import capfirst

from guide.backoffice.bases.parts import NEVER_TYPED, PUBLICATION, InSourceFilter, section
from guide.backoffice.bases.sheet import SheetAdmin
from guide.backoffice.bases.written import WrittenAdmin
from guide.core import rich_text
from guide.core.form_fields import RichTextWidget
from guide.editorial import models, pdf
from guide.editorial.practice.pages import TEXTS

HELP = (
    "Titres, listes, tableaux et liens. Une source se cite par son code entre crochets\u00a0: [@indre-2022]. "
    "Chaque chiffre porte sa source. Un lien interne commence par «\u00a0/\u00a0»\u00a0: /exercer/msp/."
)


class RichTextField(forms.CharField):
    """A rich text: what comes out holds only the elements of guide/core/rich_text.py."""

    widget = RichTextWidget

    def clean(self, value):
        text = rich_text.clean(super().clean(value) or "")
        if lost := lost_citations(text):
            raise ValidationError(
                f"Source inconnue\u00a0: {', '.join(lost)}. Les codes sont dans la liste des sources."
            )
        return text


def lost_citations(text: str) -> list[str]:
    """What is written as a citation of a text and leads to no source."""
    codes = list(rich_text.citations(text))
    known = set(models.Reference.objects.filter(code__in=codes).values_list("code", flat=True)) if codes else set()
    return rich_text.malformed_citations(text) + [code for code in codes if code not in known]


class DocumentForm(forms.ModelForm):
    """A document (the admin page gives its model and fields): its file is a PDF whatever its name says, light enough
    for a telephone."""

    def clean_file(self):
        file = self.cleaned_data["file"]
        if file:
            if file.size > pdf.MAX_BYTES:
                raise ValidationError(
                    f"Ce fichier pèse {file.size / 1e6:.0f} Mo : {pdf.MAX_BYTES // 10**6} Mo au plus."
                )
            if not pdf.is_pdf(pdf.content_of(file)):
                raise ValidationError("Ce fichier n'est pas un PDF, ou il est incomplet.")
        return file


TEXT = section("Texte", "title slug summary body", HELP)
SOURCES = section("Sources", "references", "Celles que le texte ne cite pas déjà par leur code.")


class EditorialAdmin(SheetAdmin):
    """What every sheet shares. `rich_texts` names the fields that hold rich text."""

    perimeter_path = "territory"
    rich_texts = ("body",)
    list_display = ["title", "status", "verified_on", "updated_at"]
    list_filter = ["status"]
    list_per_page = 50
    search_fields = ["title", "summary", "slug"]
    readonly_fields = NEVER_TYPED
    autocomplete_fields = ["references"]
    prepopulated_fields = {"slug": ["title"]}

    def formfield_for_dbfield(self, db_field, request, **kwargs):
        if db_field.name in self.rich_texts:
            return RichTextField(label=capfirst(db_field.verbose_name), required=not db_field.blank)
        return super().formfield_for_dbfield(db_field, request, **kwargs)


@admin.register(models.Page)
class PageAdmin(EditorialAdmin):
    """Pages."""

    list_display = ["title", "section", "position", "status", "verified_on"]
    list_filter = ["section", "status", ("missing_since", InSourceFilter)]
    autocomplete_fields = ["references", "territory"]
    fieldsets = [
        TEXT,
        section("Place", "section position territory illustration"),
        SOURCES,
        PUBLICATION,
    ]


@admin.register(models.NewsItem)
class NewsItemAdmin(EditorialAdmin):
    """News and initiatives."""

    list_display = ["title", "kind", "published_on", "place", "status"]
    list_filter = ["kind", "status"]
    autocomplete_fields = ["references", "territory"]
    fieldsets = [
        section(
            "Fait",
            "kind published_on precision place territory",
            "La date du fait. Connue au mois ou à l'année, elle s'écrit avec le premier jour.",
        ),
        TEXT,
        SOURCES,
        PUBLICATION,
    ]


@admin.register(models.Event)
class EventAdmin(EditorialAdmin):
    """Agenda."""

    list_display = ["title", "starts_at", "recurrence", "place", "status"]
    autocomplete_fields = ["references", "territory"]
    fieldsets = [
        section(
            "Quand et où",
            "starts_at ends_at all_day recurrence place organiser territory",
            "Sans date, la page dit «\u00a0date non communiquée\u00a0».",
        ),
        TEXT,
        SOURCES,
        PUBLICATION,
    ]


@admin.register(models.KeyFigure)
class KeyFigureAdmin(SheetAdmin):
    """Key figures."""

    perimeter_path = "territory"
    list_display = ["label", "value", "unit", "year", "reference", "territory", "on_home", "status"]
    list_filter = ["on_home", "status"]
    list_select_related = ["reference", "territory"]
    search_fields = ["label", "code"]
    autocomplete_fields = ["reference", "territory"]
    prepopulated_fields = {"code": ["label"]}
    readonly_fields = NEVER_TYPED
    fieldsets = [
        section(
            "Chiffre",
            "label code value unit year reference",
            "L'année a la précision de la source\u00a0: «\u00a0vers 2020\u00a0».",
        ),
        section("Où", "territory on_home position"),
        PUBLICATION,
    ]


@admin.register(models.Document)
class DocumentAdmin(SheetAdmin):
    """Documents."""

    form = DocumentForm
    list_display = ["title", "year", "reference", "status"]
    list_filter = ["status"]
    list_select_related = ["reference"]
    search_fields = ["title", "slug"]
    autocomplete_fields = ["reference"]
    prepopulated_fields = {"slug": ["title"]}
    readonly_fields = NEVER_TYPED
    fieldsets = [
        section("Document", "title slug file url year reference"),
        section("Taille", "size pages", "D'un fichier déposé ici, elles sont lues dans le fichier."),
        PUBLICATION,
    ]


@admin.register(models.Partner)
class PartnerAdmin(SheetAdmin):
    """Partners."""

    list_display = ["name", "role", "position", "status"]
    search_fields = ["name"]
    prepopulated_fields = {"slug": ["name"]}
    readonly_fields = NEVER_TYPED
    fieldsets = [section("Partenaire", "name slug role url is_founder position"), PUBLICATION]


@admin.register(models.GlossaryTerm)
class GlossaryTermAdmin(WrittenAdmin):
    """Glossary."""

    list_display = ["abbreviation", "expansion"]
    search_fields = ["abbreviation", "expansion"]
    prepopulated_fields = {"slug": ["abbreviation"]}
    fields = ["abbreviation", "slug", "expansion", "definition"]


@admin.register(models.Reference)
class ReferenceAdmin(WrittenAdmin):
    """Sources that texts cite by their code. Every department adds those it needs."""

    own_rows = True
    list_display = ["label", "title", "year", "code"]
    search_fields = ["code", "label", "title", "publisher"]
    fields = ["code", "title", "publisher", "label", "year", "url"]

    def get_readonly_fields(self, request, obj=None):
        return ["code"] if obj else []  # texts hold it: it never changes

    def has_delete_permission(self, request, obj=None):
        """A source that a text cites stays."""
        cited = obj is not None and any(
            model.objects.filter(body__contains=f"[@{obj.code}]").exists()
            for model in (models.Page, models.NewsItem, models.Event, models.Testimonial)
        )
        return super().has_delete_permission(request, obj) and obj is not None and not cited


class PlainTextForm(forms.ModelForm):
    """A child row whose `text` has no markup, but may cite sources by their code."""

    def clean_text(self) -> str:
        text = self.cleaned_data["text"]
        if lost := lost_citations(text):
            raise ValidationError(f"Source inconnue\u00a0: {', '.join(lost)}.")
        return text


class KindInline(admin.TabularInline):
    """Kinds of structures where one practises so."""

    model = models.PracticeKind
    extra = 0
    verbose_name_plural = "types de structures (la page les compte et les place sur la carte)"


class StepInline(admin.TabularInline):
    """Steps."""

    model = models.PracticeStep
    form = PlainTextForm
    extra = 0
    fields = ["position", "title", "text", "duration"]
    verbose_name_plural = "étapes (sans durée connue, la page dit «\u00a0non renseignée\u00a0»)"


class PointInline(admin.TabularInline):
    """Points of the comparison."""

    model = models.PracticePoint
    form = PlainTextForm
    extra = 0
    verbose_name_plural = "points comparés (une phrase courte, un critère à la fois)"


class FitInline(admin.TabularInline):
    """What the answers of the questionnaire say of the option."""

    model = models.PracticeFit
    extra = 0
    verbose_name_plural = "réponses du questionnaire (de 2, tout à fait pour, à -2, tout à fait contre)"


@admin.register(models.PracticeOption)
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
