"""Root addresses: French, lower case, all state in the query string."""

from django.contrib import admin
from django.urls import include, path

urlpatterns = [
    path("", include("structures.urls")),
    path("territoires/", include("guide.territories.urls")),
    path("admin/", admin.site.urls),
]
