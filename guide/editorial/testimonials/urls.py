"""Addresses of the testimonials."""

from django.urls import path

from guide.editorial.testimonials import offer_views, views

app_name = "testimonials"

urlpatterns = [
    path("", views.testimonial_list, name="list"),
    path("proposer/", offer_views.offer, name="offer"),
    path("merci/<str:token>/", offer_views.thanks, name="thanks"),
    path("retirer/<str:token>/", offer_views.withdraw, name="withdraw"),
    path("<slug:slug>/", views.testimonial_detail, name="detail"),
]
