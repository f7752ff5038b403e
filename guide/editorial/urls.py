"""Addresses of the editorial content."""

from django.urls import path

from guide.editorial import views

app_name = "editorial"

urlpatterns = [
    path("pages/glossaire/", views.glossary, name="glossary"),
    path("pages/documents/", views.documents, name="documents"),
    path("pages/documents/<slug:slug>.pdf", views.document, name="document"),
    path("pages/partenaires/", views.partners, name="partners"),
    path("pages/<slug:slug>/", views.page, name="page"),
    path("actualites/", views.news, name="news"),
    path("actualites/flux.xml", views.news_feed, name="news_feed"),
    path("actualites/<slug:slug>/", views.news_item, name="news_item"),
    path("agenda/", views.agenda, name="agenda"),
    path("agenda.ics", views.agenda_file, name="agenda_file"),
]
