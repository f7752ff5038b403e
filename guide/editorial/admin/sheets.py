"""Admin pages of the editorial content, fields in the order of the public page."""

from django.contrib import admin

from guide.backoffice.bases.parts import NEVER_TYPED, PUBLICATION, InSourceFilter, section
from guide.backoffice.bases.sheet import SheetAdmin
from guide.backoffice.bases.written import WrittenAdmin
from guide.editorial import models
from guide.editorial.admin.base import SOURCES, TEXT, EditorialAdmin
from guide.editorial.forms import DocumentForm


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
