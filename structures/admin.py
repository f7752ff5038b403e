"""Admin pages of structures: an editor finds a sheet, corrects it, and what was corrected survives the imports."""

from django.contrib import admin, messages
from django.forms.widgets import Script
from django.urls import reverse
from django.utils.html import format_html

from guide.backoffice.bases.parts import InSourceFilter, blank_filter, section
from guide.backoffice.bases.perimeter import PerimeterAdmin, bounded
from guide.backoffice.bases.sheet import SheetAdmin
from guide.backoffice.bases.written import WrittenAdmin
from guide.backoffice.perimeter import reach_of, within_perimeter
from guide.core.form_fields import PictureForm
from guide.core.french import plural
from guide.core.imports.merge import edited_fields
from guide.territories.enums import TerritoryKind
from guide.territories.models import Territory
from structures.actions import dismiss, suspect_again
from structures.enums import SHORT_LABELS, Kind
from structures.forms import StructureForm
from structures.importers.merging import LISTS, field_label, read_field
from structures.map_page import position_map
from structures.models import (
    CompletenessNote,
    DuplicatePair,
    Membership,
    StaffMember,
    Stop,
    Structure,
    StructureMode,
    StructurePhoto,
    StructureSource,
)

SECTIONS = [
    section("Qui", "kind name slug presentation"),
    section(
        "Où",
        "commune postal_code address position latitude longitude coordinate_source",
        "Choisissez la commune, puis cliquez sur la carte à l'endroit exact. Les imports gardent une position placée "
        "ici.",
    ),
    section(
        "Exercer ici",
        "recruiting welcomes_interns",
        "« Inconnu » s'affiche « non renseigné ». Ne répondez « Non » que si la structure l'a dit.",
    ),
    section("Contact", "phone email website"),
    section("Qui est-ce ?", "ownership opened_on opened_precision closed_on finess finess_legal siret"),
    section("Hôpital", "rank emergency maternity", "", "collapse"),
    section("Territoire couvert", "coverage", "", "collapse"),
    section(
        "Source",
        "source source_url source_date confidence edited_by_hand missing_since",
        "Ce qui est corrigé à la main est gardé par les imports suivants, et leur rapport le dit.",
        "last",
    ),
    section(
        "Publication",
        "status publish_at unpublish_at verified_on verify_every responsible "
        "created_by created_at updated_by updated_at",
        "",
        "last",
    ),
]


class DepartmentFilter(admin.SimpleListFilter):
    """Structures of one department."""

    title = "département"
    parameter_name = "departement"

    def lookups(self, request, model_admin):
        departments = Territory.objects.live().of_kind(TerritoryKind.DEPARTMENT)
        return list(within_perimeter(request.user, departments, "pk").values_list("code", "name"))

    def queryset(self, request, queryset):
        if not self.value():
            return queryset
        inside = Territory.objects.filter(
            outer_links__outer__kind=TerritoryKind.DEPARTMENT, outer_links__outer__code=self.value()
        )
        return queryset.filter(commune__in=inside)


class ModeInline(admin.TabularInline):
    """Practice modes that the structure declares."""

    model = StructureMode
    extra = 0


class StaffInline(admin.TabularInline):
    """Professions and specialities."""

    model = StaffMember
    extra = 0


class StopInline(admin.TabularInline):
    """Stops of a mobile team."""

    model = Stop
    extra = 0
    autocomplete_fields = ["commune"]


class MembershipInline(admin.TabularInline):
    """Groups that the structure belongs to."""

    model = Membership
    fk_name = "member"
    extra = 0
    autocomplete_fields = ["group"]
    verbose_name_plural = "appartenances (GHT, CPTS…)"

    def get_formset(self, request, obj=None, **kwargs):
        return super().get_formset(request, obj, labels={"group": "groupe"}, **kwargs)

    def formfield_for_foreignkey(self, db_field, request, **kwargs):
        formfield = super().formfield_for_foreignkey(db_field, request, **kwargs)
        return bounded(formfield, self.admin_site, request.user, db_field)


class PhotoInline(admin.StackedInline):
    """Photographs of the sheet, with words, credit and consent."""

    model = StructurePhoto
    form = PictureForm
    extra = 0
    fields = ["image", ("alternative", "credit"), ("people_shown", "consent_on"), "position", "erase"]


class SourceInline(admin.TabularInline):
    """Identity of the sheet in each source; imports alone write it."""

    model = StructureSource
    extra = 0
    fields = readonly_fields = ["source", "external_id", "missing_since"]

    def has_add_permission(self, request, obj=None):
        return False

    def has_delete_permission(self, request, obj=None):
        """Without its identity, the next import would make the sheet twice."""
        return False


@admin.register(Structure)
class StructureAdmin(SheetAdmin):
    """Sheets of structures, their fields in the order of the public page."""

    perimeter_path = "commune"
    list_display = ["name", "short_kind", "commune", "status", "verified_on", "source_date"]
    list_filter = [
        "status",
        DepartmentFilter,
        "kind",
        ("missing_since", InSourceFilter),
        ("closed_on", blank_filter("fermeture", "sans date de fermeture", "avec une date de fermeture")),
        ("latitude", blank_filter("position", "sans position", "placée sur la carte")),
        "coordinate_source",
        "confidence",
    ]
    list_select_related = ["commune"]
    list_per_page = 50
    search_fields = ["search_text"]
    search_help_text = "Nom, commune ou numéro FINESS, avec ou sans accents."
    autocomplete_fields = ["commune", "coverage"]
    prepopulated_fields = {"slug": ["name"]}
    form = StructureForm
    readonly_fields = [
        "position", "edited_by_hand", "missing_since", "created_by", "created_at", "updated_by", "updated_at",
    ]  # fmt: skip
    inlines = [PhotoInline, ModeInline, StaffInline, MembershipInline, StopInline, SourceInline]
    fieldsets = SECTIONS

    class Media:
        css = {"all": ["css/tokens.css", "css/components/map-canvas.css", "css/components/place-search.css"]}
        js = [Script("js/map-loader.js", type="module")]

    def get_search_results(self, request, queryset, search_term):
        return queryset.matching(search_term), False

    def get_actions(self, request):
        """No deletion from the list: a sheet that leaves the site is archived."""
        actions = super().get_actions(request)
        actions.pop("delete_selected", None)
        return actions

    def has_delete_permission(self, request, obj=None):
        """An imported sheet is archived, not deleted: the next import would bring it back."""
        return super().has_delete_permission(request, obj) and (obj is None or not obj.sources.exists())

    def autocomplete_label(self, structure: Structure) -> str:
        return f"{structure.name} ({structure.get_kind_display()})"

    @admin.display(description="carte")
    def position(self, structure: Structure | None = None) -> str:
        return position_map()

    @admin.display(description="type", ordering="kind")
    def short_kind(self, structure: Structure) -> str:
        return SHORT_LABELS[Kind(structure.kind)]

    @admin.display(description="champs corrigés à la main")
    def edited_by_hand(self, structure: Structure) -> str:
        """Plain fields that imports keep because their value is no longer the one of the source."""
        plain = [name for name in structure.provenance if name not in LISTS]
        current = {name: read_field(structure, name) for name in plain}
        names = edited_fields(current, structure.provenance)
        return ", ".join(field_label(name) for name in names) or "aucun"


@admin.register(CompletenessNote)
class CompletenessNoteAdmin(WrittenAdmin):
    """What pages say of the lists that are known to be incomplete."""

    list_display = ["kind", "text", "expected", "source", "source_date"]
    fields = ["kind", "text", "expected", "source", "source_url", "source_date"]


class DismissedFilter(admin.SimpleListFilter):
    """Suspected pairs, or those that an editor has dismissed; without a choice, the suspected ones."""

    title = "avis"
    parameter_name = "avis"

    def lookups(self, request, model_admin):
        return [("ecartees", "écartées"), ("toutes", "toutes")]

    def choices(self, changelist):
        first, *rest = super().choices(changelist)
        return [first | {"display": "à examiner"}, *rest]

    def queryset(self, request, queryset):
        if self.value() == "toutes":
            return queryset
        return queryset.filter(dismissed_at__isnull=self.value() != "ecartees")


@admin.register(DuplicatePair)
class DuplicatePairAdmin(PerimeterAdmin):
    """Two structures that may be one, and why. The command alone adds them; the actions of the list decide.

    None is deleted: a dismissed pair is remembered, or the next search would suspect it again.
    """

    read_only = True
    perimeter_path = "first__commune"
    list_display = ["first_name", "second_name", "reason", "commune", "dismissed_by"]
    list_display_links = ["reason"]
    list_filter = [DismissedFilter]
    list_select_related = ["first__commune", "second", "dismissed_by"]
    list_per_page = 50
    search_fields = ["first__search_text", "second__search_text"]
    fields = readonly_fields = ["first_name", "second_name", "reason", "dismissed_by", "dismissed_at"]
    actions = ["not_duplicates", "again"]

    def has_decide_permission(self, request):
        return reach_of(request.user).is_editor

    @admin.action(description="Ce ne sont pas des doublons", permissions=["decide"])
    def not_duplicates(self, request, queryset):
        count = dismiss(pairs=queryset, by=request.user)
        self.message_user(
            request, f"{plural(count, 'paire')} : ne sera plus signalée comme doublon.", messages.SUCCESS
        )

    @admin.action(description="Signaler de nouveau comme doublons possibles", permissions=["decide"])
    def again(self, request, queryset):
        count = suspect_again(pairs=queryset)
        self.message_user(request, f"{plural(count, 'paire')} de nouveau à examiner.", messages.SUCCESS)

    @admin.display(description="première fiche")
    def first_name(self, pair: DuplicatePair):
        return _link(pair.first)

    @admin.display(description="seconde fiche")
    def second_name(self, pair: DuplicatePair):
        return _link(pair.second)

    @admin.display(description="commune")
    def commune(self, pair: DuplicatePair) -> str:
        return str(pair.first.commune)


def _link(structure: Structure):
    return format_html(
        '<a href="{}">{}</a>', reverse("admin:structures_structure_change", args=[structure.pk]), structure
    )
