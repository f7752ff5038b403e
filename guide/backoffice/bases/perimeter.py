"""The two lowest bases of the administration. GuideAdmin: titles, exports, and who may do what on a page.
PerimeterAdmin: the same inside the perimeter of who opens it, by one line, `perimeter_path`."""

import json
from collections.abc import Iterable

from django.contrib import admin
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME, InlineAdminFormSet
from django.contrib.admin.utils import unquote
from django.contrib.admin.widgets import RelatedFieldWidgetWrapper
from django.contrib.auth import get_user_model
from django.core.exceptions import BadRequest, PermissionDenied, ValidationError
from django.db import models
from django.db.models import Field, Q, QuerySet
from django.urls import path
from django.utils.text import capfirst

from guide.backoffice.access import Role
from guide.backoffice.bases import exporting
from guide.backoffice.bases.parts import DayField, MomentField
from guide.backoffice.perimeter import Path, lies_inside, may_change, may_delete, reach_of, within_perimeter
from guide.core.french import indefinite
from guide.core.models import Publishable


class NamedFormSet(InlineAdminFormSet):
    """Rows of a form, added by « Ajouter une photo »."""

    def inline_formset_data(self):
        data = json.loads(super().inline_formset_data())
        data["options"]["addText"] = f"Ajouter {indefinite(str(self.opts.verbose_name))}"
        return json.dumps(data)


class GuideAdmin(admin.ModelAdmin):
    """Each page under the name of its kind. Web addresses typed without a scheme are https, days have a year that
    somebody can mean.

    `nothing` is what an empty list says; `private_fields` what no export holds: what a person confided for the site's
    own use; `computed_columns` methods of the page whose values come first in exports.
    """

    read_only = False
    nothing = "Rien ici pour l'instant."
    private_fields: tuple[str, ...] = ()
    computed_columns: tuple[str, ...] = ()
    change_list_template = "admin/exportable_change_list.html"
    show_full_result_count = False
    formfield_overrides = {
        models.URLField: {"assume_scheme": "https"},
        models.DateField: {"form_class": DayField},
        models.DateTimeField: {"form_class": MomentField},
    }

    # --- who may do what ---------------------------------------------------------------------------------------------

    def allows(self, request, verb: str, obj=None) -> bool:
        """Whether this page lets somebody view, add, change or delete; their permissions are another matter."""
        return verb == "view" or not self.read_only

    def has_view_permission(self, request, obj=None):
        return super().has_view_permission(request, obj) and self.allows(request, "view", obj)

    def has_add_permission(self, request):
        return super().has_add_permission(request) and self.allows(request, "add")

    def has_change_permission(self, request, obj=None):
        return super().has_change_permission(request, obj) and self.allows(request, "change", obj)

    def has_delete_permission(self, request, obj=None):
        return super().has_delete_permission(request, obj) and self.allows(request, "delete", obj)

    # --- titles ------------------------------------------------------------------------------------------------------

    def changelist_view(self, request, extra_context=None):
        words = {
            "title": capfirst(str(self.opts.verbose_name_plural)),
            "add_label": f"Ajouter {indefinite(str(self.opts.verbose_name))}",
            "nothing": self.nothing,
        }
        return super().changelist_view(request, {**words, **(extra_context or {})})

    def add_view(self, request, form_url="", extra_context=None):
        title = f"Ajouter {indefinite(str(self.opts.verbose_name))}"
        return super().add_view(request, form_url, {"title": title, **(extra_context or {})})

    def change_view(self, request, object_id, form_url="", extra_context=None):
        title = capfirst(str(self.opts.verbose_name))
        return super().change_view(request, object_id, form_url, {"title": title, **(extra_context or {})})

    def get_inline_formsets(self, request, formsets, inline_instances, obj=None):
        """Django builds its own class here, and leaves no other place to say ours."""
        found = super().get_inline_formsets(request, formsets, inline_instances, obj)
        for formset in found:
            formset.__class__ = NamedFormSet
        return found

    def formfield_for_dbfield(self, db_field, request, **kwargs):
        """A choice deletes nothing, and a person in charge is chosen among the accounts there are."""
        formfield = super().formfield_for_dbfield(db_field, request, **kwargs)
        widget = getattr(formfield, "widget", None)
        if isinstance(widget, RelatedFieldWidgetWrapper):
            widget.can_delete_related = False
            if db_field.related_model is get_user_model():
                widget.can_add_related = widget.can_change_related = widget.can_view_related = False
        return formfield

    # --- lists -------------------------------------------------------------------------------------------------------

    def get_urls(self):

        def export(request, ending):
            return exporting.export_view(self, request, ending)

        name = f"{self.opts.app_label}_{self.opts.model_name}_export"
        own = path("exporter/<slug:ending>/", self.admin_site.admin_view(export), name=name)
        return [own, *super().get_urls()]

    def get_actions(self, request):
        """The two exports come last, for whoever reads the list; none where there is no list to choose from."""
        actions = super().get_actions(request)
        return actions if self.actions is None else actions | exporting.ACTIONS

    def response_action(self, request, queryset):
        """What is no key of a row is a bad request."""
        for text in request.POST.getlist(ACTION_CHECKBOX_NAME):
            try:
                self.opts.pk.clean(text, None)
            except ValidationError as error:
                raise BadRequest("not a key") from error
        return super().response_action(request, queryset)


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


def bounded(formfield, site: admin.AdminSite, user, db_field: Field):
    """The form field of a relation, with the choices that `user` may make; for pages and for inlines."""
    reach = reach_of(user)
    if formfield is None or reach.everywhere:
        return formfield
    choices = offered(site, user, db_field)
    if db_field.remote_field.limit_choices_to:
        choices = choices.complex_filter(db_field.get_limit_choices_to())
    formfield.queryset = choices
    if place_of(site, db_field) is not None and reach.is_bounded:
        formfield.required = True
        message = f"Ce choix est hors de votre périmètre : {reach.names()}."
        formfield.error_messages |= {"invalid_choice": message, "invalid_pk_value": message}
    return formfield


class PerimeterAdmin(GuideAdmin):
    """Lists, pages, choices and actions of a model, for each user inside their perimeter.

    `perimeter_path` as in guide.backoffice.perimeter. Without it the model belongs to the region: departments read it
    if they have the permission, and never write it; but with `own_rows`, departments with a territory add rows, and
    change those whose `created_by` they are (Access.OWN).
    """

    perimeter_path: Path = None
    own_rows = False

    def get_queryset(self, request):
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

    def allows(self, request, verb, obj=None):
        """Whoever has no role sees nothing, whatever permissions were added by hand. Then the perimeter, then for a
        contributor the state of the sheet."""
        reach = reach_of(request.user)
        if reach.role is None or not super().allows(request, verb, obj):
            return False
        if verb == "view" or reach.everywhere or self._may_by_own_rows(reach, request.user, verb, obj):
            return True
        if verb == "add":
            has_place = self.perimeter_path is not None and bool(reach.territories)
            return has_place or self._is_drafted_anywhere(request)
        if obj is None:
            return self.perimeter_path is not None or self._is_drafted_anywhere(request)
        return self._may_write(request, verb, obj)

    def _may_by_own_rows(self, reach, user, verb: str, obj) -> bool:
        if not self.own_rows or verb == "delete" or reach.role != Role.DEPARTMENT or not reach.territories:
            return False
        return obj is None or obj.created_by_id == user.pk

    def _may_write(self, request, verb: str, obj) -> bool:
        """Asked many times of the same row by one page: kept on the request."""
        answers = request.__dict__.setdefault("_perimeter_answers", {})
        key = (verb, self.model, obj.pk, getattr(obj, "status", None))
        if key not in answers:
            rule = may_delete if verb == "delete" else may_change
            answers[key] = rule(request.user, obj, self.perimeter_path)
        return answers[key]

    def stays_inside(self, user, keys: Iterable[int]) -> bool:
        """Whether the rows of these keys, as the database now has them, may be left to `user`."""
        if not reach_of(user).is_bounded:
            return True
        rows = self.model._base_manager.order_by().filter(pk__in=keys)
        if self.own_rows:
            return not rows.exclude(created_by=user).exists()
        inside = within_perimeter(user, rows, self.perimeter_path)
        return not rows.exclude(pk__in=inside.values("pk")).exists()

    def formfield_for_foreignkey(self, db_field, request, **kwargs):
        formfield = super().formfield_for_foreignkey(db_field, request, **kwargs)
        return bounded(formfield, self.admin_site, request.user, db_field)

    def formfield_for_manytomany(self, db_field, request, **kwargs):
        formfield = super().formfield_for_manytomany(db_field, request, **kwargs)
        return bounded(formfield, self.admin_site, request.user, db_field)
