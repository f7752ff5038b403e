"""Addresses of the previews of sheets."""

from django.urls import path

from guide.backoffice.pages import sheets

app_name = "backoffice"
urlpatterns = [
    path("<slug:app_label>/<slug:model_name>/<int:pk>/", sheets.staff_preview, name="preview"),
    path("<slug:app_label>/<slug:model_name>/<int:pk>/lien/", sheets.partner_link, name="partner_link"),
    path("<str:token>/", sheets.partner_preview, name="partner_preview"),
]
