"""Addresses of the previews of sheets."""

from django.urls import path

from guide.backoffice import preview_views

app_name = "backoffice"
urlpatterns = [
    path("<slug:app_label>/<slug:model_name>/<int:pk>/", preview_views.staff_preview, name="preview"),
    path("<slug:app_label>/<slug:model_name>/<int:pk>/lien/", preview_views.partner_link, name="partner_link"),
    path("<str:token>/", preview_views.partner_preview, name="partner_preview"),
]
