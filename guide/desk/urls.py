"""Addresses of the contacts."""

from django.urls import path

from guide.desk import views

app_name = "desk"

urlpatterns = [path("", views.contact, name="contact")]
