"""Addresses of the contacts."""

from django.urls import path

from guide.desk.contact_page import contact

app_name = "desk"

urlpatterns = [path("", contact, name="contact")]
