"""The bin: deleted sheets with what hung on them, and the way back."""

from django.contrib import admin, messages
from django.contrib.admin.utils import unquote
from django.core.exceptions import PermissionDenied
from django.db import models
from django.db.models import Q
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse

from guide.backoffice.bases.perimeter import GuideAdmin
from guide.backoffice.bases.written import WrittenAdmin
from guide.backoffice.history.differences import compare, words
from guide.backoffice.history.models import DeletedSheet
from guide.backoffice.history.pages import who
from guide.backoffice.history.reach import deleted_in_reach
from guide.backoffice.history.restoring import model_of, restore
from guide.backoffice.perimeter import reach_of
from guide.backoffice.upkeep.board import page_of


@admin.register(DeletedSheet)
class DeletedSheetAdmin(GuideAdmin):
    """Deleting is the only way in, restoring the only way out, for whoever may add sheets of the kind."""

    list_display = ["label", "kind", "at", "author"]
    list_select_related = ["by"]
    search_fields = ["label"]
    date_hierarchy = "at"
    read_only, actions = True, None
    private_fields = ("model",)
    computed_columns = ("kind",)
    nothing = "La corbeille est vide. Une fiche supprimée y attend qu'on la restaure."

    def get_queryset(self, request):
        """Deletions that nobody took back, of the kinds of sheets and the rows that this person looks after."""
        wanted = Q(pk=None)
        for model, page in self._kept_by(request):
            found = deleted_in_reach(page, request.user, DeletedSheet.objects.of(model))
            wanted |= Q(pk__in=found.order_by().values("pk"))
        return super().get_queryset(request).in_bin().filter(wanted)

    def _kept_by(self, request: HttpRequest) -> list[tuple[type[models.Model], WrittenAdmin]]:
        pages = self.admin_site._registry.items()
        return [(m, page) for m, page in pages if isinstance(page, WrittenAdmin) and page.has_add_permission(request)]

    def has_module_permission(self, request):
        """Whoever has a role may look here; rows are chosen by `get_queryset`."""
        return reach_of(request.user).role is not None

    def has_view_permission(self, request, obj=None):
        return self.has_module_permission(request)

    @admin.display(description="type")
    def kind(self, version: DeletedSheet) -> str:
        try:
            return str(model_of(version)._meta.verbose_name)
        except LookupError:
            return version.model

    @admin.display(description="supprimée par", ordering="by")
    def author(self, version: DeletedSheet) -> str:
        return who(version)

    def change_view(self, request, object_id, form_url="", extra_context=None) -> HttpResponse:
        """The sheet as it was; by POST, make it again."""
        version = self.get_object(request, unquote(object_id))
        if version is None:
            return self._get_obj_does_not_exist_redirect(request, self.opts, object_id)
        model = model_of(version)
        page = self.admin_site._registry.get(model)
        if page is None or not page.has_add_permission(request):
            raise PermissionDenied
        stop = None
        if request.method == "POST":
            stop = restore(version=version, by=request.user)
            if stop is None:
                messages.success(request, f"« {version.label} » est restaurée, avec tout ce qu'elle contenait.")
                return HttpResponseRedirect(page_of(model, version.object_id))
        context = {
            **self.admin_site.each_context(request),
            "title": f"Restaurer : {version.label}",
            "opts": self.opts,
            "version": version,
            "who": who(version),
            "kind": self.kind(version),
            "lines": words(compare(model, {"pk": 0, "fields": {}}, version.before)),
            "problems": stop.messages if stop else [],
        }
        return TemplateResponse(request, "admin/backoffice/restore.html", context)
