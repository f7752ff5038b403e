"""Root addresses: French, lower case, all state in the query string."""

from django.contrib import admin
from django.urls import path

urlpatterns = [
    path("admin/", admin.site.urls),
]
