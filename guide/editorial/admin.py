"""Admin pages of the editorial content, fields in the order of the public page."""

from django.contrib import admin
from django.utils.text import capfirst

from guide.editorial.actions import save_content, save_document
from guide.editorial.forms import HELP, DocumentForm, RichTextField
from guide.editorial.models import (
    Document,
    Event,
    GlossaryTerm,
    KeyFigure,
    NewsItem,
    Page,
    Partner,
    Reference,
    Testimonial,
)
from guide.editorial.models.testimonial import NO_CONSENT
from guide.editorial.testimonials.admin_form import CONSENT, TestimonialForm
from guide.publishing.admin import PublishedContentAdmin, SheetAdmin
from guide.publishing.backoffice.life_cycle import StepRefused
from guide.publishing.enums import Status

WRITTEN_BY = ("created_by", "created_at", "updated_by", "updated_at")
PUBLICATION = (
    "Publication",
    {
        "fields": [
            "status",
            "publish_at",
            "unpublish_at",
            "verified_on",
            "verify_every",
            "responsible",
            "missing_since",
            *WRITTEN_BY,
        ]
    },
)
TEXT = {"fields": ["title", "slug", "summary", "body"], "description": HELP}
SOURCES = ("Sources", {"fields": ["references"], "description": "Celles que le texte ne cite pas déjà par leur code."})


class EditorialAdmin(SheetAdmin):
    """What every sheet shares. `rich_texts` names the fields that hold rich text."""

    perimeter_path = "territory"
    rich_texts = ("body",)
    list_display = ["title", "status", "verified_on", "missing_since", "updated_at"]
    list_filter = ["status"]
    list_per_page = 50
    search_fields = ["title", "summary", "slug"]
    readonly_fields = ["missing_since", *WRITTEN_BY]
    autocomplete_fields = ["references"]
    prepopulated_fields = {"slug": ["title"]}

    def formfield_for_dbfield(self, db_field, request, **kwargs):
        """Rich texts have their editor, and are cleaned when the form is read."""
        if db_field.name in self.rich_texts:
            return RichTextField(label=capfirst(db_field.verbose_name), required=not db_field.blank)
        return super().formfield_for_dbfield(db_field, request, **kwargs)

    def save_model(self, request, obj, form, change):
        """Save through the named write, which keeps addresses and authors right."""
        save_content(sheet=obj, by=request.user)


@admin.register(Page)
class PageAdmin(EditorialAdmin):
    """Pages."""

    list_display = ["title", "section", "position", "status", "verified_on", "missing_since"]
    list_filter = ["section", "status", ("missing_since", admin.EmptyFieldListFilter)]
    autocomplete_fields = ["references", "territory"]
    fieldsets = [
        ("Texte", TEXT),
        ("Place", {"fields": ["section", "position", "territory", "illustration"]}),
        SOURCES,
        PUBLICATION,
    ]


@admin.register(NewsItem)
class NewsItemAdmin(EditorialAdmin):
    """News and initiatives."""

    list_display = ["title", "kind", "published_on", "place", "status", "missing_since"]
    list_filter = ["kind", "status"]
    autocomplete_fields = ["references", "territory"]
    fieldsets = [
        (
            "Fait",
            {
                "fields": ["kind", "published_on", "precision", "place", "territory"],
                "description": "La date du fait. Connue au mois ou à l'année, elle s'écrit avec le premier jour.",
            },
        ),
        ("Texte", TEXT),
        SOURCES,
        PUBLICATION,
    ]


@admin.register(Event)
class EventAdmin(EditorialAdmin):
    """Agenda."""

    list_display = ["title", "starts_at", "recurrence", "place", "status", "missing_since"]
    autocomplete_fields = ["references", "territory"]
    fieldsets = [
        (
            "Quand et où",
            {
                "fields": ["starts_at", "ends_at", "all_day", "recurrence", "place", "organiser", "territory"],
                "description": "Sans date, la page dit «\u00a0date non communiquée\u00a0».",
            },
        ),
        ("Texte", TEXT),
        SOURCES,
        PUBLICATION,
    ]


@admin.register(Testimonial)
class TestimonialAdmin(EditorialAdmin):
    """Testimonials. The consent of an author is a proof: it is read, and typed once for a text received on paper."""

    form = TestimonialForm
    list_display = ["title", "name", "origin", "territory", "status", "status_since", "withdrawn_at", "missing_since"]
    list_filter = ["status", "origin", "stage", ("withdrawn_at", admin.EmptyFieldListFilter)]
    list_select_related = ["territory"]
    search_fields = ["title", "name", "role", "slug"]
    readonly_fields = ["withdrawn_at", *EditorialAdmin.readonly_fields]
    autocomplete_fields = ["references", "territory", "structure"]
    fieldsets = [
        ("Texte", TEXT),
        (
            "Qui parle ?",
            {
                "fields": ["name", "role", "specialty", "mode", "stage", "arrival_year", "year"],
                "description": "Le nom est celui que l'auteur accepte de voir publié. "
                "Ce qui n'est pas connu reste vide\u00a0: la page le dit.",
            },
        ),
        (
            "Où",
            {
                "fields": ["territory", "structure", "option"],
                "description": "Ces liens placent le témoignage sur les pages du territoire, de la structure et de la "
                "façon d'exercer.",
            },
        ),
        SOURCES,
        (
            "Accord de l'auteur",
            {
                "fields": [
                    "origin",
                    "contact_email",
                    "consented_at",
                    "consent_version",
                    "consent_text",
                    "withdrawn_at",
                ],
                "description": "Un témoignage offert ne se publie qu'avec l'accord daté de son auteur. Reçu par un "
                "autre moyen que le formulaire, recopiez ici la date et le texte de cet accord, et nommez sa version.",
            },
        ),
        PUBLICATION,
    ]

    def get_readonly_fields(self, request, obj=None):
        """A consent that was given is not rewritten."""
        found = [*super().get_readonly_fields(request, obj)]
        return [*found, "origin", *CONSENT] if obj and obj.consented_at else found

    def has_change_permission(self, request, obj=None):
        """Nothing is written any more on a testimonial that its author took back."""
        return super().has_change_permission(request, obj) and not (obj and obj.withdrawn_at)

    def move_many(self, request, step, queryset):
        """The list moves those that may be moved: not the withdrawn ones; and publishes with consent only."""
        kept = queryset.filter(withdrawn_at=None)
        if step.target == Status.PUBLISHED and kept.lacking_consent().exists():
            raise StepRefused(NO_CONSENT)
        return super().move_many(request, step, kept)


@admin.register(KeyFigure)
class KeyFigureAdmin(SheetAdmin):
    """Key figures."""

    perimeter_path = "territory"
    list_display = ["label", "value", "unit", "year", "reference", "territory", "on_home", "status"]
    list_filter = ["on_home", "status"]
    list_select_related = ["reference", "territory"]
    search_fields = ["label", "code"]
    autocomplete_fields = ["reference", "territory"]
    prepopulated_fields = {"code": ["label"]}
    readonly_fields = ["missing_since", *WRITTEN_BY]
    fieldsets = [
        (
            "Chiffre",
            {
                "fields": ["label", "code", "value", "unit", "year", "reference"],
                "description": "L'année a la précision de la source\u00a0: «\u00a0vers 2020\u00a0».",
            },
        ),
        ("Où", {"fields": ["territory", "on_home", "position"]}),
        PUBLICATION,
    ]


@admin.register(Document)
class DocumentAdmin(SheetAdmin):
    """Documents."""

    form = DocumentForm
    list_display = ["title", "year", "size", "pages", "status", "missing_since"]
    list_filter = ["status"]
    search_fields = ["title", "slug"]
    autocomplete_fields = ["reference"]
    prepopulated_fields = {"slug": ["title"]}
    readonly_fields = ["missing_since", *WRITTEN_BY]
    fieldsets = [
        ("Document", {"fields": ["title", "slug", "file", "url", "year", "reference"]}),
        (
            "Taille",
            {"fields": ["size", "pages"], "description": "D'un fichier déposé ici, elles sont lues dans le fichier."},
        ),
        PUBLICATION,
    ]

    def save_model(self, request, obj, form, change):
        """Save through the named write, which reads the size and the pages in the file."""
        save_document(document=obj, by=request.user)


@admin.register(Partner)
class PartnerAdmin(SheetAdmin):
    """Partners."""

    list_display = ["name", "role", "position", "status"]
    search_fields = ["name"]
    prepopulated_fields = {"slug": ["name"]}
    readonly_fields = ["missing_since", *WRITTEN_BY]
    fieldsets = [("Partenaire", {"fields": ["name", "slug", "role", "url", "position"]}), PUBLICATION]


@admin.register(GlossaryTerm)
class GlossaryTermAdmin(PublishedContentAdmin):
    """Glossary."""

    list_display = ["abbreviation", "expansion", "missing_since"]
    search_fields = ["abbreviation", "expansion"]
    prepopulated_fields = {"slug": ["abbreviation"]}
    fields = ["abbreviation", "slug", "expansion", "definition"]


@admin.register(Reference)
class ReferenceAdmin(PublishedContentAdmin):
    """Sources that texts cite by their code."""

    list_display = ["code", "label", "title", "year", "missing_since"]
    search_fields = ["code", "label", "title", "publisher"]
    fields = ["code", "title", "publisher", "label", "year", "url"]

    def get_readonly_fields(self, request, obj=None):
        """Texts hold the code: it never changes."""
        return ["code"] if obj else []

    def has_delete_permission(self, request, obj=None):
        """A source that a text cites stays."""
        cited = obj is not None and any(
            model.objects.filter(body__contains=f"[@{obj.code}]").exists()
            for model in (Page, NewsItem, Event, Testimonial)
        )
        return super().has_delete_permission(request, obj) and obj is not None and not cited
