"""Admin pages of sheets: how old the last check is, and "still up to date" in one click."""

from django.contrib import admin, messages
from django.contrib.admin.options import IS_POPUP_VAR
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from guide.backoffice.actions import mark_verified
from guide.backoffice.admin.days import check_past
from guide.backoffice.perimeter import reach_of
from guide.backoffice.upkeep.sheets import ends_soon
from guide.core.enums import Freshness
from guide.core.french import plural

VERIFIED = "_verified"


class FreshnessFilter(admin.SimpleListFilter):
    """Published sheets by the age of their last check."""

    title = "fraîcheur (fiches publiées)"
    parameter_name = "fraicheur"

    def lookups(self, request, model_admin):
        """The four ages."""
        return Freshness.choices

    def queryset(self, request, queryset):
        """Sheets of the chosen age."""
        return queryset.of_freshness(Freshness(self.value())) if self.value() in Freshness.values else queryset


class EndFilter(admin.SimpleListFilter):
    """Published sheets that leave the site soon."""

    title = "fin de publication"
    parameter_name = "fin"

    def lookups(self, request, model_admin):
        """The one delay that the dashboard counts."""
        return [("bientot", "dans les 60 jours")]

    def queryset(self, request, queryset):
        """Sheets that end soon."""
        return queryset.filter(ends_soon(timezone.now())) if self.value() == "bientot" else queryset


class ChargeFilter(admin.SimpleListFilter):
    """Sheets by the person in charge."""

    title = "responsable"
    parameter_name = "responsable"

    def lookups(self, request, model_admin):
        """The reader, or nobody."""
        return [("moi", "moi"), ("personne", "personne")]

    def queryset(self, request, queryset):
        """Sheets of the chosen person."""
        wanted = {"moi": request.user, "personne": None}
        return queryset.filter(responsible=wanted[self.value()]) if self.value() in wanted else queryset


class FreshnessMixin:
    """Of a Publishable. Above LifeCycleMixin, whose form and actions it adds to."""

    def get_list_filter(self, request):
        """The filters of the model, then those of every sheet."""
        return [*super().get_list_filter(request), FreshnessFilter, ChargeFilter, EndFilter]

    def formfield_for_dbfield(self, db_field, request, **kwargs):
        """A check was made today or before."""
        formfield = super().formfield_for_dbfield(db_field, request, **kwargs)
        if db_field.name == "verified_on" and formfield is not None:
            formfield.validators.append(check_past)
        return formfield

    def get_actions(self, request):
        """For editors, "still up to date" among the actions of the list."""
        actions = super().get_actions(request)
        if self.actions is None or IS_POPUP_VAR in request.GET or not self._may_verify(request):
            return actions
        return {"mark_verified": (_mark, "mark_verified", "Toujours à jour (vérifiées aujourd'hui)"), **actions}

    def _may_verify(self, request, sheet=None) -> bool:
        return reach_of(request.user).is_editor and self.has_change_permission(request, sheet)

    def save_form(self, request, form, change):
        """The sheet with what was typed, and the date of the check that the button says was made."""
        sheet = super().save_form(request, form, change)
        if VERIFIED in request.POST:
            if not self._may_verify(request, sheet if change else None):
                raise PermissionDenied("Votre rôle ne permet pas de dire qu'une fiche est à jour.")
            sheet.verified_on = timezone.localdate()
        return sheet

    def render_change_form(self, request, context, add=False, change=False, form_url="", obj=None):
        """With the button, for those who may press it."""
        context |= {"verified_name": VERIFIED if change and self._may_verify(request, obj) else ""}
        context |= {"invitations_address": self._invitations_address(request, obj) if change else ""}
        return super().render_change_form(request, context, add, change, form_url, obj)

    def _invitations_address(self, request, sheet) -> str:
        from guide.backoffice.admin.invitations import address_of

        return address_of(self, request, sheet)


def _mark(page: admin.ModelAdmin, request, queryset) -> None:
    marked = mark_verified(sheets=queryset, by=request.user)
    page.message_user(
        request, f"{plural(marked, 'fiche')} à jour\u00a0: vérification datée d'aujourd'hui.", messages.SUCCESS
    )
