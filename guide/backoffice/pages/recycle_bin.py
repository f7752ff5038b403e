"""The bin: deleted sheets with what hung on them, who may take them back, and the way back."""

from collections.abc import Iterable
from typing import Any

from django.contrib import admin, messages
from django.contrib.admin import ModelAdmin
from django.contrib.admin.utils import unquote
from django.core.exceptions import PermissionDenied
from django.db import models
from django.db.models import Q
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse

from guide.backoffice.access import Role
from guide.backoffice.bases.perimeter import GuideAdmin
from guide.backoffice.bases.written import WrittenAdmin
from guide.backoffice.history.differences import compare, words
from guide.backoffice.history.restoring import restore
from guide.backoffice.models import DeletedSheet, VersionQuerySet
from guide.backoffice.perimeter import Path, lies_inside, reach_of
from guide.backoffice.upkeep.board import page_of
from guide.core.enums import Status


def deleted_in_reach(page: ModelAdmin, user, versions: VersionQuerySet) -> VersionQuerySet:
    """Of `versions`, deletions of the model of `page`: those that lay in the perimeter; a contributor's own drafts.

    A page whose perimeter is a function says by its `deleted_inside(rows, inside)` which snapshots lay there.
    """
    reach = reach_of(user)
    if reach.everywhere:
        return versions
    rows = {pk: before for pk, before in versions.values_list("pk", "before") if before}
    if reach.role == Role.CONTRIBUTOR:
        own = {"created_by_id": user.pk, "status": Status.DRAFT}
        kept = [pk for pk, row in rows.items() if own.items() <= row["fields"].items()]
    elif reach.role is None:
        kept = []
    elif isinstance(page.perimeter_path, str):
        kept = _inside(page.model, rows, page.perimeter_path, reach.inside())
    else:
        kept = page.deleted_inside(rows, reach.inside()) if page.deleted_inside else []
    return versions.filter(pk__in=kept)


def _inside(model, rows: dict[int, dict[str, Any]], path: Path, inside) -> list[int]:
    """Keys of the versions whose sheet lay among `inside`."""
    first, _, rest = path.partition("__")
    if first == "pk":
        return []
    places = {key: _values(row, first) for key, row in rows.items()}
    related = model._meta.get_field(first).related_model
    found = related._base_manager.filter(
        lies_inside(related, rest or "pk", inside), pk__in=set().union(*places.values())
    )
    held = set(found.values_list("pk", flat=True))
    return [key for key, values in places.items() if values and values <= held]


def _values(row: dict[str, Any], name: str) -> set[int]:
    """What a foreign key or a many-to-many of a snapshot pointed to."""
    listed: Iterable[int] = row.get("lists", {}).get(name, [])
    single = row["fields"].get(f"{name}_id")
    return {single} if single is not None else set(listed)


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
            return str(version.sheet_model._meta.verbose_name)
        except LookupError:
            return version.model

    @admin.display(description="supprimée par", ordering="by")
    def author(self, version: DeletedSheet) -> str:
        return version.who

    def change_view(self, request, object_id, form_url="", extra_context=None) -> HttpResponse:
        """The sheet as it was; by POST, make it again."""
        version = self.get_object(request, unquote(object_id))
        if version is None:
            return self._get_obj_does_not_exist_redirect(request, self.opts, object_id)
        model = version.sheet_model
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
            "kind": self.kind(version),
            "lines": words(compare(model, {"pk": 0, "fields": {}}, version.before)),
            "problems": stop.messages if stop else [],
        }
        return TemplateResponse(request, "admin/backoffice/restore.html", context)
