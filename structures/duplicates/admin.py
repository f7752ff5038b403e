"""The suspected pairs, read and dismissed by editors; the command alone adds them."""

from django.contrib import admin, messages
from django.contrib.admin import SimpleListFilter
from django.urls import reverse
from django.utils.html import format_html

from guide.backoffice.bases.perimeter import PerimeterAdmin
from guide.backoffice.perimeter import reach_of
from guide.core.french import plural
from structures.actions import dismiss, suspect_again
from structures.models import DuplicatePair, Structure


class DismissedFilter(SimpleListFilter):
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
