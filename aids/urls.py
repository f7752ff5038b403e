"""Addresses of the aids."""

from django.urls import path

from aids import data_views, views

app_name = "aids"

urlpatterns = [
    path("aides/", views.aid_list, name="list"),
    path("aides.csv", data_views.csv_file, name="csv"),
    path("aides.json", data_views.json_file, name="json"),
    path("aides/flux.xml", data_views.atom, name="feed"),
    path("aides/simulateur/", views.simulator, name="simulator"),
    path("aides/simulateur.ics", views.simulator_calendar, name="simulator_calendar"),
    path("aides/carte/", views.aid_map, name="map"),
    path("territoires/comparer/", views.compare, name="compare"),
    path("aides/<slug:code>/", views.aid_detail, name="detail"),
]
