"""Export of any list of the administration: the rows chosen, or the whole list as it is filtered and searched; no row
that the list would not show."""

from django.contrib import messages
from django.contrib.admin import ModelAdmin
from django.contrib.admin.options import IncorrectLookupParameters
from django.contrib.admin.views.main import PAGE_VAR
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, StreamingHttpResponse
from django.utils import timezone
from django.utils.text import slugify

from guide.core import exports

CSV, XLSX = "csv", "xlsx"
XLSX_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def export_view(page: ModelAdmin, request: HttpRequest, ending: str) -> HttpResponse:
    """The whole list, filtered and searched as the query string says."""
    if ending not in (CSV, XLSX):
        raise Http404
    if not page.has_view_permission(request):
        raise PermissionDenied
    request.GET = request.GET.copy()
    request.GET.pop(PAGE_VAR, None)
    try:
        rows = page.get_changelist_instance(request).get_queryset(request)
    except IncorrectLookupParameters:
        messages.warning(request, "Ce filtre n'existe pas : rien n'a été exporté.")
        return HttpResponseRedirect("../../")
    return export(page, rows, ending)


def export(page: ModelAdmin, rows: QuerySet, ending: str) -> HttpResponse:
    """The file of these rows."""
    rows.exists()  # a filter that the database refuses fails here, and not once the file has begun
    fields = exports.exported_fields(page.model, page.private_fields)
    methods = [getattr(page, name) for name in page.computed_columns]
    computed = [exports.ExportColumn(method.short_description, method) for method in methods]
    columns = [*computed, *exports.columns(fields)]
    header = [column.title for column in columns]
    cells = ([column.value(row) for column in columns] for row in exports.rows_of(rows, fields))
    title = str(page.opts.verbose_name_plural)
    name = f"{slugify(title)}-{timezone.localdate().isoformat()}.{ending}"
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    if ending == XLSX:
        blocks = exports.xlsx_blocks(title, header, cells)
        return StreamingHttpResponse(blocks, content_type=XLSX_TYPE, headers=headers)
    return StreamingHttpResponse(
        exports.csv_lines(header, cells), content_type="text/csv; charset=utf-8", headers=headers
    )


def _action(ending: str) -> tuple:
    def act(page, request, queryset):
        return export(page, queryset, ending)

    return act, f"export_{ending}", f"Exporter la sélection ({ending.upper()})"


ACTIONS = {f"export_{ending}": _action(ending) for ending in (CSV, XLSX)}
