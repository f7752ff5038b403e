"""From the address of a sheet in the administration to the sheet, by the rules of its own admin page."""

from django.apps import apps
from django.contrib.admin import AdminSite, ModelAdmin
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest

from guide.core.models import Publishable


def sheet_to_read(
    site: AdminSite, request: HttpRequest, app_label: str, model_name: str, pk: int
) -> tuple[ModelAdmin, Publishable]:
    """The admin page of a kind of sheet, and the sheet. 404: no such sheet; 403: outside the perimeter."""
    try:
        page = site._registry.get(apps.get_model(app_label, model_name))
    except LookupError as error:
        raise Http404 from error
    if page is None or not issubclass(page.model, Publishable):
        raise Http404
    if not page.has_view_permission(request):
        raise PermissionDenied
    sheet = page.get_object(request, str(pk))
    if sheet is None:
        raise Http404
    return page, sheet


def sheet_to_change(
    site: AdminSite, request: HttpRequest, app_label: str, model_name: str, pk: int
) -> tuple[ModelAdmin, Publishable]:
    """As `sheet_to_read`; 403 also for a sheet that this role may not change."""
    page, sheet = sheet_to_read(site, request, app_label, model_name, pk)
    if not page.has_change_permission(request, sheet):
        raise PermissionDenied
    return page, sheet
