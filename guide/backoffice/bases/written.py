"""Admin pages of rows that editors write and visitors see: every write follows the recipe of
guide/backoffice/writing.py, leaves a version, and can be taken back."""

from django.db import IntegrityError
from django.urls import path

from guide.backoffice.actions import delete_sheets
from guide.backoffice.bases.perimeter import PerimeterAdmin
from guide.backoffice.bases.posted_form import PostedForm
from guide.backoffice.conflicts import guard
from guide.backoffice.history.views import history_view, revert_view
from guide.backoffice.life_cycle import Transition
from guide.backoffice.writing import Screen, Stop, refuse_outside


class WrittenAdmin(PerimeterAdmin):
    """A form guarded against two people who save at once, its history, the return to a version, the bin.

    `deleted_inside`, where `perimeter_path` is a function: see guide/backoffice/history/reach.py.
    """

    change_form_template = "admin/backoffice/change_form.html"
    deleted_inside = None

    def sheet_of(self, obj):
        """The sheet that a row of this page belongs to, whose history and perimeter it has."""
        return obj

    def step_asked(self, request) -> Transition | None:
        """The step of the life cycle that the button of a posted form asks for."""

    def refuse_outside(self, screen: Screen, names: str) -> Stop:
        """What is said of a posted form that would leave the sheet outside the perimeter."""
        return refuse_outside(names)

    def changeform_view(self, request, object_id=None, form_url="", extra_context=None):
        if request.method != "POST":
            return super().changeform_view(request, object_id, form_url, extra_context)
        try:
            return PostedForm(self, request, object_id, extra_context).answer()
        except IntegrityError:  # somebody took the same address between its check and its write: it is checked again
            return PostedForm(self, request, object_id, extra_context).answer()

    def render_change_form(self, request, context, add=False, change=False, form_url="", obj=None):
        if change:
            context["opened"] = guard.opened_page(request, context, obj)
        return super().render_change_form(request, context, add, change, form_url, obj)

    def delete_model(self, request, obj):
        delete_sheets(sheets=self.model._base_manager.filter(pk=obj.pk), by=request.user)

    def delete_queryset(self, request, queryset):
        delete_sheets(sheets=queryset, by=request.user)

    def get_urls(self):
        """With the address of a return to a version."""
        name = f"{self.opts.app_label}_{self.opts.model_name}_revert"
        view = self.admin_site.admin_view(self.revert_view)
        return [path("<path:object_id>/history/<int:version>/retablir/", view, name=name), *super().get_urls()]

    def history_view(self, request, object_id, extra_context=None):
        return history_view(self, request, object_id)

    def revert_view(self, request, object_id, version):
        """What going back to a version would change; by POST, go back."""
        return revert_view(self, request, object_id, version)
