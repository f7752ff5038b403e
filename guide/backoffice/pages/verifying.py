""" "Still up to date", pressed on a row of the dashboard or beside a sheet."""

from django.contrib import messages
from django.contrib.admin import AdminSite
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import path, reverse
from django.views.decorators.http import require_POST

from guide.backoffice.actions import mark_verified
from guide.backoffice.pages.sheets import sheet_to_change


def urls(site: AdminSite) -> list:
    """Addresses of these writes, behind the login of the administration."""

    @require_POST
    def verify(request: HttpRequest, app_label: str, model_name: str, pk: int) -> HttpResponse:
        page, sheet = sheet_to_change(site, request, app_label, model_name, pk)
        mark_verified(sheets=page.get_queryset(request).filter(pk=sheet.pk), by=request.user)
        messages.success(request, f"«\u00a0{sheet}\u00a0»\u00a0: vérifiée aujourd'hui.")
        return HttpResponseRedirect(reverse("admin:index"))

    return [
        path("verifier/<slug:app_label>/<slug:model_name>/<int:pk>/", site.admin_view(verify), name="sheet_verify")
    ]
