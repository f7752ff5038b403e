"""Accounts of the editors: who they are, their role, their perimeter."""

from django.contrib import admin
from django.contrib.auth import admin as auth_admin
from django.contrib.auth.forms import UserCreationForm
from django.contrib.auth.models import Group, User

from guide.backoffice.access import Role
from guide.backoffice.admin.account_forms import AccountForm
from guide.backoffice.admin.exporting import ExportMixin
from guide.backoffice.admin.reading import ReadOnlyMixin
from guide.backoffice.admin.titles import TitledAdmin
from guide.backoffice.models import Perimeter
from guide.backoffice.perimeter import reach_of

POWERS = ("is_superuser", "user_permissions")


class PerimeterInline(admin.TabularInline):
    """The territories of the person."""

    model = Perimeter
    extra = 0
    autocomplete_fields = ["territory"]
    verbose_name_plural = (
        "périmètre : les territoires dont la personne s'occupe (inutile pour un éditeur régional ou un administrateur)"
    )


class AdministratorsMixin:
    """Pages of administrators alone, whatever permissions were added by hand to others."""

    def has_module_permission(self, request):
        """Administrators."""
        return _is_administrator(request) and super().has_module_permission(request)

    def has_view_permission(self, request, obj=None):
        """Administrators."""
        return _is_administrator(request) and super().has_view_permission(request, obj)

    def has_add_permission(self, request):
        """Administrators."""
        return _is_administrator(request) and super().has_add_permission(request)

    def has_change_permission(self, request, obj=None):
        """Administrators."""
        return _is_administrator(request) and super().has_change_permission(request, obj)

    def has_delete_permission(self, request, obj=None):
        """Administrators."""
        return _is_administrator(request) and super().has_delete_permission(request, obj)


def _is_administrator(request) -> bool:
    return reach_of(request.user).role == Role.ADMINISTRATOR


class EditorAdmin(AdministratorsMixin, ExportMixin, TitledAdmin, auth_admin.UserAdmin):
    """An administrator makes accounts of any role; only a superuser makes or touches a superuser."""

    form, add_form = AccountForm, UserCreationForm
    add_fieldsets = [(None, {"classes": ["wide"], "fields": ["username", "password1", "password2"]})]
    inlines = [PerimeterInline]
    list_display = ["username", "first_name", "last_name", "email", "role", "places", "is_active", "last_login"]
    list_filter = ["groups", "is_active"]
    filter_horizontal = []
    private_fields = ("password", "groups", *POWERS)
    computed_columns = ("role", "places")
    fieldsets = [
        (None, {"fields": ["username", "password"]}),
        ("Personne", {"fields": ["first_name", "last_name", "email"]}),
        (
            "Rôle",
            {
                "fields": ["is_active", "is_staff", "groups", *POWERS],
                "description": "« Statut équipe » ouvre l'administration ; le groupe donne le rôle, un seul suffit.",
            },
        ),
        ("Dates", {"fields": ["last_login", "date_joined"]}),
    ]
    readonly_fields = ["last_login", "date_joined"]

    def save_model(self, request, obj, form, change):
        """A new account is an editor's: it may enter, and does nothing before it has a role."""
        obj.is_staff = obj.is_staff or not change
        super().save_model(request, obj, form, change)

    def get_inlines(self, request, obj):
        """A perimeter is given once the account exists."""
        return self.inlines if obj else []

    def get_queryset(self, request):
        """A superuser's account is nobody else's to read or change."""
        accounts = super().get_queryset(request)
        accounts = accounts.prefetch_related("groups", "perimeters__territory")
        return accounts if request.user.is_superuser else accounts.filter(is_superuser=False)

    @admin.display(description="rôle")
    def role(self, user: User) -> str:
        """The names of the groups."""
        if user.is_superuser:
            return Role.ADMINISTRATOR.label
        return ", ".join(group.name for group in user.groups.all()) or "aucun"

    @admin.display(description="périmètre")
    def places(self, user: User) -> str:
        """The territories of the person."""
        return ", ".join(perimeter.territory.name for perimeter in user.perimeters.all())

    def get_fieldsets(self, request, obj=None):
        """Without the powers that only a superuser gives."""
        sections = super().get_fieldsets(request, obj)
        if request.user.is_superuser:
            return sections
        kept = []
        for title, options in sections:
            names = [name for name in options["fields"] if name not in POWERS]
            kept.append((title, {**options, "fields": names}))
        return kept

    def has_delete_permission(self, request, obj=None):
        """Nobody deletes their own account."""
        return (obj is None or obj.pk != request.user.pk) and super().has_delete_permission(request, obj)


class RoleAdmin(ReadOnlyMixin, AdministratorsMixin, ExportMixin, TitledAdmin, auth_admin.GroupAdmin):
    """The roles: their permissions come from guide/backoffice/access.py, and are only read here."""

    fields = ["name"]
    private_fields = ("permissions",)


def register(site: admin.AdminSite) -> None:
    """Take the place of Django's own pages, which its auth app has registered by now."""
    site.unregister([User, Group])
    site.register(User, EditorAdmin)
    site.register(Group, RoleAdmin)
