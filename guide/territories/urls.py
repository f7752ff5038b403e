"""Addresses of territories."""

from django.urls import path

from guide.territories import search_views

app_name = "territories"

urlpatterns = [
    path("territoires/recherche.json", search_views.place_suggestions, name="place_suggestions"),
]
