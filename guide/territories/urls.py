"""Addresses of the places."""

from django.urls import path

from guide.territories import search_views, views

app_name = "territories"
urlpatterns = [
    path("", views.index, name="index"),
    path("recherche.json", search_views.place_suggestions, name="place_suggestions"),
    path("<slug:slug>/", views.detail, name="detail"),
]
