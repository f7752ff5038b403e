"""History in the administration: its page, going back to a version, deletions that go to the bin."""

from django.contrib import admin, messages
from django.contrib.admin.utils import unquote
from django.core.exceptions import PermissionDenied
from django.db import models, transaction
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import path, reverse

from guide.backoffice.admin.perimeter import may_keep, path_of
from guide.backoffice.history.models import Version
from guide.backoffice.history.pages import history_page, preview
from guide.backoffice.history.recording import note_changes, note_creation
from guide.backoffice.history.restoring import CannotRestore, note_deletion, revert
from guide.backoffice.history.snapshots import read, read_one
from guide.backoffice.perimeter import reach_of

OUTSIDE = "Cette version sort de votre périmètre : demandez à un éditeur de la région."


class HistoryAdmin(admin.ModelAdmin):
    """Keeps a version of each sheet that its form, its deletion or a return to a version changes."""

    def history_of(self, obj: models.Model) -> models.Model:
        """The sheet whose history a row of this page belongs to."""
        return obj

    def deleted_in_reach(self, request: HttpRequest, versions):
        """Those of `versions` (deletions of this model) that this person may take out of the bin."""
        return versions

    def stays_inside(self, request: HttpRequest, sheet: models.Model) -> bool:
        """Whether a sheet, as it is now in the database, lies in the perimeter of this person."""
        path = path_of(self.admin_site, type(sheet))
        return not reach_of(request.user).is_bounded or may_keep(request.user, sheet, path)

    # --- recording -------------------------------------------------------------------

    def save_form(self, request, form, change):
        """Read the sheet while the database still holds it as it was."""
        if change:
            sheet = self.history_of(form.instance)
            request.sheet_before = read(type(sheet), [sheet.pk])
        return super().save_form(request, form, change)

    def save_related(self, request, form, formsets, change):
        """Once all is written: what changed, or who made the sheet."""
        super().save_related(request, form, formsets, change)
        sheet = self.history_of(form.instance)
        if change:
            note_changes(type(sheet), request.sheet_before, by=request.user)
        else:
            note_creation(sheet, by=request.user)

    def delete_model(self, request, obj):
        """Keep the sheet in the bin."""
        with transaction.atomic():
            note_deletion(model=type(obj), keys=[obj.pk], by=request.user)
            super().delete_model(request, obj)

    def delete_queryset(self, request, queryset):
        """Keep the sheets in the bin."""
        with transaction.atomic():
            note_deletion(model=queryset.model, keys=queryset.values_list("pk", flat=True), by=request.user)
            super().delete_queryset(request, queryset)

    # --- pages -------------------------------------------------------------------------

    def get_urls(self):
        """The address of a return to a version."""
        name = f"{self.opts.app_label}_{self.opts.model_name}_revert"
        own = path(
            "<path:object_id>/history/<int:version>/retablir/", self.admin_site.admin_view(self.revert_view), name=name
        )
        return [own, *super().get_urls()]

    def history_view(self, request: HttpRequest, object_id: str, extra_context=None) -> HttpResponse:
        """Every change of the sheet: who, when, what."""
        obj = self._readable(request, object_id)
        sheet = self.history_of(obj)
        number = request.GET.get("p", "")
        now = read_one(type(sheet), sheet.pk)
        page = history_page(type(sheet), sheet.pk, now, int(number) if number.isdecimal() and len(number) < 6 else 0)
        context = {
            **self.admin_site.each_context(request),
            "title": f"Historique : {sheet}",
            "opts": self.opts,
            "original": obj,
            "page": page,
            "created": getattr(sheet, "created_at", None),
            "may_change": self.has_change_permission(request, obj),
            "revert_name": f"admin:{self.opts.app_label}_{self.opts.model_name}_revert",
            **(extra_context or {}),
        }
        return TemplateResponse(request, "admin/backoffice/history.html", context)

    def revert_view(self, request: HttpRequest, object_id: str, version: int) -> HttpResponse:
        """What going back would change; by POST, go back."""
        obj = self._readable(request, object_id)
        if not self.has_change_permission(request, obj):
            raise PermissionDenied
        sheet = self.history_of(obj)
        wanted = Version.objects.of(type(sheet), sheet.pk).exclude(before=None).filter(pk=version).first()
        if wanted is None:
            raise Http404
        problems = []
        if request.method == "POST":
            try:
                with transaction.atomic():
                    revert(instance=sheet, version=wanted, by=request.user, write=lambda s: self.write(request, s))
                    self.check_reverted(request, sheet)
                messages.success(request, "La version choisie est rétablie. Ce retour est lui-même une version.")
                return HttpResponseRedirect(reverse(f"admin:{self._base}_history", args=[object_id]))
            except CannotRestore as refusal:
                problems = refusal.messages
        now = read_one(type(sheet), sheet.pk)
        context = {
            **self.admin_site.each_context(request),
            "title": f"Revenir à une version : {sheet}",
            "opts": self.opts,
            "original": obj,
            "version": wanted,
            "lines": preview(type(sheet), now, wanted.before),
            "problems": problems,
            "history": reverse(f"admin:{self._base}_history", args=[object_id]),
        }
        return TemplateResponse(request, "admin/backoffice/revert.html", context)

    def write(self, request: HttpRequest, sheet: models.Model) -> None:
        """Save a sheet as this page does, by the named write of its model."""
        self.save_model(request, sheet, None, True)

    def check_reverted(self, request: HttpRequest, sheet: models.Model) -> None:
        """Refuse a return by raising; called inside its transaction."""
        if not self.stays_inside(request, sheet):
            raise CannotRestore([OUTSIDE])

    @property
    def _base(self) -> str:
        return f"{self.opts.app_label}_{self.opts.model_name}"

    def _readable(self, request: HttpRequest, object_id: str) -> models.Model:
        obj = self.get_object(request, unquote(object_id))
        if obj is None:
            raise Http404
        if not self.has_view_or_change_permission(request, obj):
            raise PermissionDenied
        return obj
