"""Addresses of the previews."""

from django.apps import apps
from django.conf import settings
from django.contrib import admin
from django.contrib.auth.views import redirect_to_login
from django.core import signing
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from guide.backoffice import previews
from guide.backoffice.pages.sheets import sheet_to_read
from guide.core.models import Publishable


@require_safe
@never_cache
def staff_preview(request: HttpRequest, app_label: str, model_name: str, pk: int) -> HttpResponse:
    """The sheet as visitors would see it, for an editor within whose perimeter it lies."""
    if not admin.site.has_permission(request):
        return redirect_to_login(request.get_full_path(), reverse("admin:login"))
    return previews.respond(request, _sheet(request, app_label, model_name, pk))


@require_safe
@never_cache
def partner_link(request: HttpRequest, app_label: str, model_name: str, pk: int) -> HttpResponse:
    """The link that an editor gives to a partner, ready to copy."""
    if not admin.site.has_permission(request):
        return redirect_to_login(request.get_full_path(), reverse("admin:login"))
    sheet = _sheet(request, app_label, model_name, pk)
    context = {
        **admin.site.each_context(request),
        "title": "Lien d'aperçu pour un partenaire",
        "opts": sheet._meta,
        "original": sheet,
        "link": settings.SITE_URL + reverse("backoffice:partner_preview", args=[previews.token_of(sheet)]),
        "until": timezone.now() + previews.LINK_LIFE,
    }
    return render(request, "admin/partner_link.html", context)


@require_safe
@never_cache
def partner_preview(request: HttpRequest, token: str) -> HttpResponse:
    """The sheet of a signed link; a page that says so when the link is over."""
    try:
        sheet, until = previews.sheet_of(token)
    except signing.BadSignature as error:
        raise Http404 from error
    except previews.LinkExpired:
        return render(request, "backoffice/preview_over.html", status=410)
    return previews.respond(request, sheet, until)


def _sheet(request: HttpRequest, app_label: str, model_name: str, pk: int) -> Publishable:
    """The sheet of a kind that has a public page, by the rules of its own admin page."""
    if not previews.has_preview(apps.all_models.get(app_label, {}).get(model_name)):
        raise Http404
    return sheet_to_read(admin.site, request, app_label, model_name, pk)[1]
