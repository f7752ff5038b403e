"""The base of every page of the administration: its titles, its exports, and who may do what on it."""

import json

from django.contrib import admin
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME, InlineAdminFormSet
from django.contrib.admin.widgets import RelatedFieldWidgetWrapper
from django.contrib.auth import get_user_model
from django.core.exceptions import BadRequest, ValidationError
from django.db import models
from django.urls import path
from django.utils.text import capfirst

from guide.backoffice.bases import exporting
from guide.backoffice.bases.days import DayField, MomentField
from guide.core.french import indefinite


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
