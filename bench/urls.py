"""The project's addresses and a constant view: the same middlewares around seven bytes."""

from django.http import HttpResponse
from django.urls import path

from guide.portal.urls import *  # noqa: F403
from guide.portal.urls import urlpatterns

urlpatterns = [path("bench-constant/", lambda request: HttpResponse(b"Bonjour")), *urlpatterns]
