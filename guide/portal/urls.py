"""Root addresses: French, lower case, all state in the query string."""

from django.contrib import admin
from django.urls import include, path

from guide.backoffice.pages.invitations import confirm
from guide.core.http import media
from guide.portal import sitemaps, views

handler404 = "guide.portal.views.not_found"

urlpatterns = [
    path("", views.home, name="home"),
    path("pages/composants/", views.components, name="components"),
    path("", include("structures.urls")),
    path("", include("aids.urls")),
    path("", include("guide.editorial.urls")),
    path("exercer/", include("guide.editorial.practice.urls")),
    path("temoignages/", include("guide.editorial.testimonials.urls")),
    path("contact/", include("guide.desk.urls")),
    path("territoires/", include("guide.territories.urls")),
    path("sitemap.xml", sitemaps.index, name="sitemap"),
    path("sitemap-<slug:section>.xml", sitemaps.section, name="sitemap_section"),
    path("speculation.json", views.speculation_rules, name="speculation_rules"),
    path("favicon.ico", views.favicon, name="favicon"),
    path("robots.txt", views.robots, name="robots"),
    path("healthz", views.healthz, name="healthz"),
    path("confirmer/<str:token>/", confirm, name="confirm"),
    path("media/<path:name>", media, name="media"),
    path("apercu/", include("guide.backoffice.urls")),
    path("admin/", admin.site.urls),
]
