"""Export of any list of the administration: the rows chosen, or the whole list as it is filtered and searched."""

from django.contrib import messages
from django.contrib.admin.options import IncorrectLookupParameters
from django.contrib.admin.views.main import PAGE_VAR
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, StreamingHttpResponse
from django.urls import path
from django.utils import timezone
from django.utils.text import slugify

from guide.core import exports

CSV, XLSX = "csv", "xlsx"
XLSX_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


class ExportMixin:
    """Exports what the list shows, and no row that it would not show: the rows come from `get_queryset`.

    `private_fields` names the fields that no export holds: what a person confided for the site's own use.
    `computed_columns` names methods of the page whose values come first in the file.
    """

    private_fields: tuple[str, ...] = ()
    computed_columns: tuple[str, ...] = ()
    change_list_template = "admin/exportable_change_list.html"

    def get_urls(self):
        """The address of an export, before those of rows."""
        name = f"{self.opts.app_label}_{self.opts.model_name}_export"
        own = path("exporter/<slug:ending>/", self.admin_site.admin_view(self.export_view), name=name)
        return [own, *super().get_urls()]

    def get_actions(self, request):
        """The two exports, last, for whoever reads the list; none where there is no list to choose from."""
        actions = super().get_actions(request)
        if self.actions is None:
            return actions
        return actions | {
            "export_csv": (_export_csv, "export_csv", "Exporter la sélection (CSV)"),
            "export_xlsx": (_export_xlsx, "export_xlsx", "Exporter la sélection (XLSX)"),
        }

    def export_view(self, request: HttpRequest, ending: str) -> HttpResponse:
        """The whole list, filtered and searched as the query string says."""
        if ending not in (CSV, XLSX):
            raise Http404
        if not self.has_view_permission(request):
            raise PermissionDenied
        request.GET = request.GET.copy()
        request.GET.pop(PAGE_VAR, None)
        try:
            rows = self.get_changelist_instance(request).get_queryset(request)
        except IncorrectLookupParameters:
            messages.warning(request, "Ce filtre n'existe pas : rien n'a été exporté.")
            return HttpResponseRedirect("../../")
        return self.export(rows, ending)

    def export(self, rows: QuerySet, ending: str) -> HttpResponse:
        """The file of these rows."""
        rows.exists()  # a filter that the database refuses fails here, and not once the file has begun
        fields = exports.exported_fields(self.model, self.private_fields)
        methods = [getattr(self, name) for name in self.computed_columns]
        computed = [exports.Column(method.short_description, method) for method in methods]
        shown, found = [*computed, *exports.columns(fields)], exports.rows_of(rows, fields)
        title = str(self.opts.verbose_name_plural)
        name = f"{slugify(title)}-{timezone.localdate().isoformat()}.{ending}"
        headers = {"Content-Disposition": f'attachment; filename="{name}"'}
        if ending == XLSX:
            blocks = exports.xlsx_blocks(found, shown, title)
            return StreamingHttpResponse(blocks, content_type=XLSX_TYPE, headers=headers)
        lines = exports.csv_lines(found, shown)
        return StreamingHttpResponse(lines, content_type="text/csv; charset=utf-8", headers=headers)


def _export_csv(page, request, queryset):
    return page.export(queryset, CSV)


def _export_xlsx(page, request, queryset):
    return page.export(queryset, XLSX)
