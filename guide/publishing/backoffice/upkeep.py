""" "Still up to date", pressed on a row of the dashboard or beside a sheet."""

from django.apps import apps
from django.contrib import messages
from django.contrib.admin import AdminSite, ModelAdmin
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import path, reverse
from django.views.decorators.http import require_POST

from guide.publishing.actions import mark_verified
from guide.publishing.models import Publishable


def urls(site: AdminSite) -> list:
    """Addresses of these writes, behind the login of the administration."""

    @require_POST
    def verify(request: HttpRequest, app_label: str, model_name: str, pk: int) -> HttpResponse:
        page, sheet = page_and_sheet(site, request, app_label, model_name, pk)
        mark_verified(sheets=page.get_queryset(request).filter(pk=sheet.pk), by=request.user)
        messages.success(request, f"«\u00a0{sheet}\u00a0»\u00a0: vérifiée aujourd'hui.")
        return HttpResponseRedirect(reverse("admin:index"))

    return [
        path("verifier/<slug:app_label>/<slug:model_name>/<int:pk>/", site.admin_view(verify), name="sheet_verify")
    ]


def page_and_sheet(
    site: AdminSite, request: HttpRequest, app_label: str, model_name: str, pk: int
) -> tuple[ModelAdmin, Publishable]:
    """The admin page of a kind of sheet, and the sheet, for who may change it.

    404: no such sheet; 403: outside the perimeter, or not to be changed by this role.
    """
    try:
        page = site._registry.get(apps.get_model(app_label, model_name))
    except LookupError as error:
        raise Http404 from error
    if page is None or not issubclass(page.model, Publishable):
        raise Http404
    if not page.has_change_permission(request):
        raise PermissionDenied
    sheet = page.get_object(request, str(pk))
    if sheet is None:
        raise Http404
    if not page.has_change_permission(request, sheet):
        raise PermissionDenied
    return page, sheet
