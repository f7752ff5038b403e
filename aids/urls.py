"""Addresses of the aids."""

from django.urls import path

from aids.aid_page import aid_detail
from aids.comparison.comparison_page import compare
from aids.feed import atom
from aids.listing.catalogue_page import aid_list
from aids.listing.exports import csv_file, json_file
from aids.map_page import aid_map
from aids.simulator.deadlines import simulator_calendar
from aids.simulator.simulator_page import simulator

app_name = "aids"

urlpatterns = [
    path("aides/", aid_list, name="list"),
    path("aides.csv", csv_file, name="csv"),
    path("aides.json", json_file, name="json"),
    path("aides/flux.xml", atom, name="feed"),
    path("aides/simulateur/", simulator, name="simulator"),
    path("aides/simulateur.ics", simulator_calendar, name="simulator_calendar"),
    path("aides/carte/", aid_map, name="map"),
    path("territoires/comparer/", compare, name="compare"),
    path("aides/<slug:code>/", aid_detail, name="detail"),
]
