"""Admin pages that stay inside the perimeter of who opens them: one line, `perimeter_path`, on each."""

from django.contrib import admin
from django.contrib.admin.utils import unquote
from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import Field, Q, QuerySet

from guide.backoffice.access import Role
from guide.backoffice.perimeter import Path, lies_inside, may_change, may_delete, reach_of, within_perimeter
from guide.core.models import Publishable

OUTSIDE = "Cette fiche est hors de votre périmètre : {}. Vous pouvez proposer une modification."


def path_of(site: admin.AdminSite, model) -> Path:
    """The perimeter path that the admin page of `model` declares; None where there is none."""
    return getattr(site._registry.get(model), "perimeter_path", None)


def offered(site: admin.AdminSite, user, field: Field) -> QuerySet:
    """What a foreign key or a many-to-many may point to, in a form or an autocompletion.

    The place of the row: inside the perimeter. A row of another model that has a perimeter: one inside it, or
    one that visitors see; the drafts of others are offered to nobody.
    """
    model = field.remote_field.model
    rows = model._default_manager.all()
    reach = reach_of(user)
    if reach.everywhere:
        return rows
    if (place := place_of(site, field)) is not None:
        if not reach.is_bounded:
            return rows
        return rows.filter(lies_inside(model, place or "pk", reach.inside()))
    path = path_of(site, model)
    if path is None:
        return rows
    own = within_perimeter(user, rows, path).order_by().values("pk")
    if not issubclass(model, Publishable):
        return rows.filter(pk__in=own)
    return rows.filter(Q(pk__in=own) | Q(pk__in=model._default_manager.live().order_by().values("pk")))


def place_of(site: admin.AdminSite, field: Field) -> str | None:
    """When `field` is the first step of its own model's path, the rest of that path ("" for the place itself)."""
    path = path_of(site, field.model)
    if not isinstance(path, str):
        return None
    first, _, rest = path.partition("__")
    return rest if first == field.name else None


class ChoicesMixin:
    """Choices of foreign keys and many-to-manys, kept inside the perimeter; for pages and for inlines."""

    def formfield_for_foreignkey(self, db_field, request, **kwargs):
        """The choices that the user may make."""
        return self._bounded(super().formfield_for_foreignkey(db_field, request, **kwargs), db_field, request)

    def formfield_for_manytomany(self, db_field, request, **kwargs):
        """The choices that the user may make."""
        return self._bounded(super().formfield_for_manytomany(db_field, request, **kwargs), db_field, request)

    def _bounded(self, formfield, db_field, request):
        reach = reach_of(request.user)
        if formfield is None or reach.everywhere:
            return formfield
        choices = offered(self.admin_site, request.user, db_field)
        if db_field.remote_field.limit_choices_to:
            choices = choices.complex_filter(db_field.get_limit_choices_to())
        formfield.queryset = choices
        if place_of(self.admin_site, db_field) is not None and reach.is_bounded:
            formfield.required = True
            message = f"Ce choix est hors de votre périmètre : {reach.names()}."
            formfield.error_messages |= {"invalid_choice": message, "invalid_pk_value": message}
        return formfield


class PerimeterMixin(ChoicesMixin):
    """Lists, pages, choices and actions of a model, for each user inside their perimeter.

    `perimeter_path` as in guide.backoffice.perimeter. Without it the model belongs to the region: departments
    read it if they have the permission, and never write it.
    """

    perimeter_path: Path = None

    def get_queryset(self, request):
        """Rows of the list, of the actions and of every page about one row."""
        queryset = super().get_queryset(request)
        if self.perimeter_path is None and not self._is_drafted_anywhere(request):
            return queryset
        return within_perimeter(request.user, queryset, self.perimeter_path)

    def _is_drafted_anywhere(self, request) -> bool:
        """Whether the user is a contributor in front of sheets without a place: their own drafts alone."""
        return reach_of(request.user).role == Role.CONTRIBUTOR and issubclass(self.model, Publishable)

    def get_object(self, request, object_id, from_field=None):
        """The row; 403, and not "does not exist", when it lies outside the perimeter."""
        found = super().get_object(request, object_id, from_field)
        if found is None and self._exists(object_id):
            raise PermissionDenied(OUTSIDE.format(reach_of(request.user).names()))
        return found

    def _exists(self, object_id) -> bool:
        try:
            return self.model._base_manager.filter(pk=self.model._meta.pk.to_python(unquote(str(object_id)))).exists()
        except (TypeError, ValueError, ValidationError):  # not a key of this table: Django's own message follows
            return False

    def has_view_permission(self, request, obj=None):
        """Whoever has no role sees nothing, whatever permissions were added by hand."""
        return reach_of(request.user).role is not None and super().has_view_permission(request, obj)

    def has_add_permission(self, request):
        """A departmental editor without a territory adds nothing."""
        reach = reach_of(request.user)
        if not super().has_add_permission(request) or reach.role is None:
            return False
        if reach.everywhere or self._is_drafted_anywhere(request):
            return True
        return self.perimeter_path is not None and bool(reach.territories)

    def has_change_permission(self, request, obj=None):
        """Permission, then perimeter, then for a contributor the state of the sheet."""
        return super().has_change_permission(request, obj) and self._allows(may_change, request, obj)

    def has_delete_permission(self, request, obj=None):
        """Permission, then perimeter; a contributor deletes only their own drafts."""
        return super().has_delete_permission(request, obj) and self._allows(may_delete, request, obj)

    def _allows(self, rule, request, obj) -> bool:
        reach = reach_of(request.user)
        if reach.role is None:
            return False
        if obj is None or reach.everywhere:
            return reach.everywhere or self.perimeter_path is not None or self._is_drafted_anywhere(request)
        answers = request.__dict__.setdefault("_perimeter_answers", {})
        key = (rule, self.model, obj.pk, getattr(obj, "status", None))
        if key not in answers:
            answers[key] = rule(request.user, obj, self.perimeter_path)
        return answers[key]

    def save_related(self, request, form, formsets, change):
        """Last of the writes: a row that now lies outside is taken back with all that was written."""
        super().save_related(request, form, formsets, change)
        reach = reach_of(request.user)
        if reach.is_bounded and not may_keep(request.user, form.instance, self.perimeter_path):
            self.refuse_outside(request, reach.names())

    def refuse_outside(self, request, names: str):
        """What happens when the whole form would leave the row outside; the transaction is rolled back."""
        raise PermissionDenied(f"Cette fiche serait hors de votre périmètre : {names}. Rien n'a été enregistré.")


class OwnRowsMixin:
    """Before the other bases of a page whose rows have no place and a `created_by`: departments with a territory add
    some, and change those they added. Contributors read them (Access.OWN)."""

    def has_add_permission(self, request):
        """Who may add by the perimeters, and departmental editors."""
        return super().has_add_permission(request) or self._is_granted(request, "add")

    def has_change_permission(self, request, obj=None):
        """Who may change by the perimeters, and who added the row."""
        own = obj is None or obj.created_by_id == request.user.pk
        return super().has_change_permission(request, obj) or (own and self._is_granted(request, "change"))

    def _is_granted(self, request, verb: str) -> bool:
        reach = reach_of(request.user)
        permission = f"{self.opts.app_label}.{verb}_{self.opts.model_name}"
        return reach.role == Role.DEPARTMENT and bool(reach.territories) and request.user.has_perm(permission)

    def save_model(self, request, obj, form, change):
        """Save, with who added it."""
        if not change:
            obj.created_by = request.user
        super().save_model(request, obj, form, change)

    def refuse_outside(self, request, names: str):
        """Nothing here lies in a place."""

    def stays_inside(self, request, sheet) -> bool:
        """A return to a version leaves the row to who added it."""
        return self.has_change_permission(request, sheet)


def may_keep(user, sheet, path: Path) -> bool:
    """Whether a row, as it is now in the database, lies in the perimeter of `user`."""
    return within_perimeter(user, type(sheet)._base_manager.filter(pk=sheet.pk), path).exists()
