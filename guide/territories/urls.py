"""Addresses of the places."""

from django.urls import path

from guide.territories import views

app_name = "territories"
urlpatterns = [
    path("", views.index, name="index"),
    path("liste.csv", views.list_csv, name="list_csv"),
    path("recherche.json", views.suggestions, name="place_suggestions"),
    path("<slug:slug>/communes.csv", views.communes_csv, name="communes_csv"),
    path("<slug:slug>/", views.detail, name="detail"),
]
