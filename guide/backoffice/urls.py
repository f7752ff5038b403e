"""Addresses of the previews of sheets."""

from django.contrib import admin
from django.urls import path
from django.views.decorators.http import require_safe

from guide.backoffice.pages import sheets


def for_staff(view):
    """As a page of the administration, that is only read."""
    return require_safe(admin.site.admin_view(view))


app_name = "backoffice"
urlpatterns = [
    path(sheets.SHEET, for_staff(sheets.staff_preview), name="preview"),
    path(f"{sheets.SHEET}lien/", for_staff(sheets.partner_link), name="partner_link"),
    path("<str:token>/", sheets.partner_preview, name="partner_preview"),
]
