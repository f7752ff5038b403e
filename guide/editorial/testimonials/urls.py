"""Addresses of the testimonials."""

from django.urls import path

from guide.editorial.testimonials import views

app_name = "testimonials"

urlpatterns = [
    path("", views.testimonial_list, name="list"),
    path("proposer/", views.offer, name="offer"),
    path("merci/<str:token>/", views.thanks, name="thanks"),
    path("retirer/<str:token>/", views.withdraw, name="withdraw"),
    path("<slug:slug>/", views.testimonial_detail, name="detail"),
]
