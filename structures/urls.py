"""Addresses of structures."""

from django.urls import path

from structures import data_views, views

app_name = "structures"

urlpatterns = [
    path("structures/", views.structure_list, name="list"),
    path("structures/<slug:slug>/", views.structure_detail, name="detail"),
    path("structures.geojson", data_views.geojson, name="geojson"),
    path("structures.csv", data_views.csv_file, name="csv"),
    path("carte/", views.structure_map, name="map"),
    path("carte/communes.json", data_views.map_communes, name="map_communes"),
    path("carte/fond.json", data_views.map_ground, name="map_ground"),
    path("carte/points.json", data_views.points, name="points"),
]
