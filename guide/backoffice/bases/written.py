"""Admin pages of rows that editors write and visitors see: every write follows the recipe of
guide/backoffice/writing.py, leaves a version, and can be taken back."""

from functools import partial

from django.contrib.admin import ModelAdmin, helpers
from django.contrib.admin.exceptions import DisallowedModelAdminToField
from django.contrib.admin.options import IS_POPUP_VAR, TO_FIELD_VAR
from django.contrib.admin.utils import flatten_fieldsets, unquote
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, models, transaction
from django.forms import all_valid
from django.http import HttpRequest, HttpResponse
from django.urls import path

from guide.backoffice.actions import delete_sheets, erase_picture
from guide.backoffice.bases.perimeter import PerimeterAdmin
from guide.backoffice.conflicts import guard
from guide.backoffice.history.views import history_view, revert_view
from guide.backoffice.life_cycle import Transition
from guide.backoffice.models import Action
from guide.backoffice.writing import REVISE, Screen, Stop, Write, refuse_outside, save_of, write_sheets
from guide.core.images.models import Picture

REVISED = "Rien n'a été enregistré. Reprenez votre saisie, puis enregistrez à nouveau."


class WrittenAdmin(PerimeterAdmin):
    """A form guarded against two people who save at once, its history, the return to a version, the bin.

    `deleted_inside`, where `perimeter_path` is a function: see guide/backoffice/pages/recycle_bin.py.
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
        name = f"{self.opts.app_label}_{self.opts.model_name}_revert"
        view = self.admin_site.admin_view(partial(revert_view, self))
        return [path("<path:object_id>/history/<int:version>/retablir/", view, name=name), *super().get_urls()]

    def history_view(self, request, object_id, extra_context=None):
        return history_view(self, request, object_id)


class PostedForm:
    """As Django's own view of a form, with each of its acts at its place in the recipe."""

    def __init__(self, page: ModelAdmin, request: HttpRequest, object_id: str | None, extra_context: dict | None):
        self.page, self.request, self.object_id = page, request, object_id
        self.extra_context = extra_context or {}
        self.to_field = request.POST.get(TO_FIELD_VAR, request.GET.get(TO_FIELD_VAR))
        if self.to_field and not page.to_field_allowed(request, self.to_field):
            raise DisallowedModelAdminToField(f"The field {self.to_field} cannot be referenced.")

    def answer(self) -> HttpResponse:
        """Write the sheet; the page that follows, or the one that says why nothing was written."""
        page, request = self.page, self.request
        self.obj = self._allowed()
        if self.object_id and self.obj is None:
            return page._get_obj_does_not_exist_redirect(request, page.opts, self.object_id)
        sheet = page.sheet_of(self.obj) if self.obj else None
        screen = Screen(page, request, self.object_id)
        self.write = Write(
            model=type(sheet) if sheet else page.model,
            keys=[sheet.pk] if sheet else [],
            by=request.user,
            merge=self.merge if sheet else None,
            validate=self.validate,
            save=self.save,
            step=page.step_asked(request),
            action=Action.CHANGE if sheet else Action.CREATE,
            outside=partial(page.refuse_outside, screen),
            screen=screen,
        )
        stop = write_sheets(self.write)
        if stop:
            return stop.answer()
        return page.response_change(request, self.new) if sheet else page.response_add(request, self.new)

    def _allowed(self) -> models.Model | None:
        """The row of the page, as it now is; None for a new one, and for one that does not exist."""
        if not self.object_id:
            if not self.page.has_add_permission(self.request):
                raise PermissionDenied
            return None
        obj = self.page.get_object(self.request, unquote(self.object_id), self.to_field)
        if not self.page.has_change_permission(self.request, obj):
            raise PermissionDenied
        return obj

    def merge(self) -> Stop | None:
        """The row is read again, now that it is locked."""
        self.obj = self._allowed()
        if self.obj is None:
            gone = self.page._get_obj_does_not_exist_redirect
            return Stop(answer=partial(gone, self.request, self.page.opts, self.object_id))
        screen = guard.merge_in(self.page, self.request, self.obj)
        return Stop(answer=lambda: screen) if screen else None

    def validate(self) -> Stop | None:
        """The rows are checked even when the form is not valid: all faults are shown at once."""
        page, request, obj = self.page, self.request, self.obj
        self.fieldsets = page.get_fieldsets(request, obj)
        made = page.get_form(request, obj, change=bool(obj), fields=flatten_fieldsets(self.fieldsets))
        self.form = made(request.POST, request.FILES, instance=obj)
        self.formsets, self.inlines = page._create_formsets(request, self.form.instance, change=bool(obj))
        is_valid = self.form.is_valid()
        if is_valid and REVISE in request.POST:
            self.form.add_error(None, REVISED)
            is_valid = False
        if is_valid:
            self.new = page.save_form(request, self.form, change=bool(obj))
        return None if all_valid(self.formsets) and is_valid else Stop(answer=self.show)

    def save(self) -> None:
        page, request = self.page, self.request
        save_of(page.model)(sheet=self.new, by=request.user)
        self.form.save_m2m()
        for formset in self.formsets:
            formset.save()
            if issubclass(formset.model, Picture):
                self._erase(formset)
        told = page.construct_change_message(request, self.form, self.formsets, add=not self.obj)
        if self.obj:
            page.log_change(request, self.new, told)
        else:
            self.write.made = self.new
            page.log_addition(request, self.new, told)

    def _erase(self, formset) -> None:
        """Pictures whose box « Effacer définitivement » is ticked go once all is kept: its version forgets too."""
        for one in formset.initial_forms:
            if one.cleaned_data.get("erase") and one.instance.pk:
                transaction.on_commit(partial(erase_picture, picture=one.instance, by=self.request.user))

    def show(self) -> HttpResponse:
        page, request, obj = self.page, self.request, self.obj
        readonly = page.get_readonly_fields(request, obj)
        prepopulated = page.get_prepopulated_fields(request, obj)
        form = helpers.AdminForm(self.form, list(self.fieldsets), prepopulated, readonly, model_admin=page)
        rows = page.get_inline_formsets(request, self.formsets, self.inlines, obj)
        context = {
            **page.admin_site.each_context(request),
            "subtitle": str(obj) if obj else None,
            "adminform": form,
            "object_id": self.object_id,
            "original": obj,
            "is_popup": IS_POPUP_VAR in request.POST or IS_POPUP_VAR in request.GET,
            "to_field": self.to_field,
            "media": sum((inline.media for inline in rows), page.media + form.media),
            "inline_admin_formsets": rows,
            "errors": helpers.AdminErrorList(self.form, self.formsets),
            "preserved_filters": page.get_preserved_filters(request),
            **self.extra_context,
        }
        return page.render_change_form(request, context, add=not obj, change=bool(obj), obj=obj)
