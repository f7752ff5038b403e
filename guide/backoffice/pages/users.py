"""Accounts of the editors: who they are, their role, their perimeter."""

from django.contrib import admin
from django.contrib.auth import admin as auth_admin
from django.contrib.auth.forms import (
    ReadOnlyPasswordHashField,
    ReadOnlyPasswordHashWidget,
    UserChangeForm,
    UserCreationForm,
)
from django.contrib.auth.models import Group, User

from guide.backoffice.access import Role
from guide.backoffice.bases.parts import section
from guide.backoffice.bases.perimeter import GuideAdmin
from guide.backoffice.models import Perimeter
from guide.backoffice.perimeter import reach_of

admin.site.unregister([User, Group])  # these pages take the place of those that `auth_admin` has registered
POWERS = ("is_superuser", "user_permissions")


class PasswordButton(ReadOnlyPasswordHashWidget):
    """The way to a new password, without the algorithm of the old one."""

    def get_context(self, name, value, attrs):
        return super().get_context(name, value, attrs) | {
            "summary": [],
            "button_label": "Donner un nouveau mot de passe",
        }


class AccountForm(UserChangeForm):
    """An account that exists."""

    password = ReadOnlyPasswordHashField(
        label="Mot de passe",
        widget=PasswordButton,
        help_text="Personne ne peut lire le mot de passe d'un autre : s'il est oublié, donnez-en un nouveau.",
    )


class PerimeterInline(admin.TabularInline):
    """The territories of the person."""

    model = Perimeter
    extra = 0
    autocomplete_fields = ["territory"]
    verbose_name_plural = (
        "périmètre : les territoires dont la personne s'occupe (inutile pour un éditeur régional ou un administrateur)"
    )


class AdministratorsAdmin(GuideAdmin):
    """Pages of administrators alone, whatever permissions were added by hand to others."""

    show_full_result_count = True

    def has_module_permission(self, request):
        return _is_administrator(request) and super().has_module_permission(request)

    def allows(self, request, verb, obj=None):
        return _is_administrator(request) and super().allows(request, verb, obj)


def _is_administrator(request) -> bool:
    return reach_of(request.user).role == Role.ADMINISTRATOR


@admin.register(User)
class EditorAdmin(AdministratorsAdmin, auth_admin.UserAdmin):
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
        section("Personne", "first_name last_name email"),
        (
            "Rôle",
            {
                "fields": ["is_active", "is_staff", "groups", *POWERS],
                "description": "« Statut équipe » ouvre l'administration ; le groupe donne le rôle, un seul suffit.",
            },
        ),
        section("Dates", "last_login date_joined"),
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
        if user.is_superuser:
            return Role.ADMINISTRATOR.label
        return ", ".join(group.name for group in user.groups.all()) or "aucun"

    @admin.display(description="périmètre")
    def places(self, user: User) -> str:
        return ", ".join(perimeter.territory.name for perimeter in user.perimeters.all())

    def get_fieldsets(self, request, obj=None):
        sections = super().get_fieldsets(request, obj)
        if request.user.is_superuser:
            return sections
        kept = []
        for title, options in sections:
            names = [name for name in options["fields"] if name not in POWERS]
            kept.append((title, {**options, "fields": names}))
        return kept

    def allows(self, request, verb, obj=None):
        """Nobody deletes their own account."""
        is_own = obj is not None and obj.pk == request.user.pk
        return not (verb == "delete" and is_own) and super().allows(request, verb, obj)


@admin.register(Group)
class RoleAdmin(AdministratorsAdmin, auth_admin.GroupAdmin):
    """The roles: their permissions come from guide/backoffice/access.py, and are only read here."""

    read_only = True
    fields = ["name"]
    private_fields = ("permissions",)
