"""Addresses of the ways to practise."""

from django.urls import path

from guide.editorial import views

app_name = "practice"

urlpatterns = [
    path("", views.practice_list, name="list"),
    path("comparer/", views.practice_compare, name="compare"),
    path("questionnaire/", views.practice_questionnaire, name="questionnaire"),
    path("<slug:slug>/", views.practice_detail, name="detail"),
]
